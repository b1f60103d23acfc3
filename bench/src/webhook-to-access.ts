import { createScenario } from '@cross-app/e2e'
import { completionEventOf, deliverWebhook } from '@cross-app/e2e/webhook'
import { startFaultProxy } from '@sandbox/fault-proxy'
import { portsOf, startStack } from '@sandbox/stack'
import { summarise } from './figures.ts'

const PORT_BASE = 14_000

/**
 * How long after Total TypeScript receives Stripe's webhook the course is open on AI Hero: production builds, embedded
 * Inngest, one purchase after the other. Stripe's own deliveries are cut off, and each event is delivered by the bench,
 * so that the clock starts at the moment the request is sent. The end is AI Hero's commit, by its database's clock, on
 * the same machine.
 */
export async function webhookToAccess(options: {
  purchases: number
  onProgress: (line: string) => void
}): Promise<Record<string, number>> {
  const cut = await startFaultProxy({ target: `http://127.0.0.1:${portsOf(PORT_BASE).tt}` })
  cut.setFault({ kind: 'down' })
  const stack = await startStack({
    name: 'bench',
    portBase: PORT_BASE,
    apps: 'start',
    // What is measured is the apps, not the proxies that make them fail.
    roads: false,
    home: false,
    routeThrough: { stripeToTt: cut.url },
    onProgress: (progress) => {
      if (progress.type === 'ready') options.onProgress(`${progress.step} ready in ${progress.ms} ms`)
    },
  })
  const scenario = createScenario(stack.info)
  try {
    const buyers = await scenario.newLinkedBuyers(options.purchases)
    const accepted: number[] = []
    const access: number[] = []
    const synced: number[] = []
    for (const [index, buyer] of buyers.entries()) {
      const session = await scenario.signInByEmail('tt', buyer.ttEmail)
      const { checkoutSessionId } = await scenario.buyBundle(session)
      const event = await completionEventOf(scenario, checkoutSessionId)
      const sentAt = Date.now()
      const status = await deliverWebhook(scenario, event)
      accepted.push(Date.now() - sentAt)
      if (status !== 200) throw new Error(`The webhook was answered with ${status}.`)
      const purchase = await scenario.waitForPurchase(checkoutSessionId)
      await scenario.waitForSyncs(purchase.id, 'synced')
      const [opened] = await scenario.databases.ah<{ at: Date; open: number }>(
        "SELECT MAX(updatedAt) AS at, SUM(status = 'active') AS open FROM AI_CrossAppGrant WHERE sourcePurchaseId = ?",
        [purchase.id],
      )
      const [confirmed] = await scenario.databases.tt<{ at: Date }>(
        'SELECT MAX(syncedAt) AS at FROM CrossAppSync WHERE purchaseId = ?',
        [purchase.id],
      )
      if (Number(opened?.open) !== 2 || !opened || !confirmed) throw new Error('A course did not open.')
      access.push(opened.at.getTime() - sentAt)
      synced.push(confirmed.at.getTime() - sentAt)
      if ((index + 1) % 10 === 0) options.onProgress(`${index + 1} of ${options.purchases} purchases`)
    }
    return {
      purchases: buyers.length,
      ...summarise('webhookAccepted', accepted),
      ...summarise('webhookToAccess', access),
      ...summarise('webhookToSynced', synced),
    }
  } finally {
    await scenario.close()
    await stack.stop()
    await cut.close()
  }
}
