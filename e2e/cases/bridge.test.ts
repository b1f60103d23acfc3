import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openFixture } from '../src/fixture.ts'
import { waitUntil } from '../src/wait-until.ts'

const fixture = openFixture()
afterEach(() => fixture.faults.heal())
afterAll(() => fixture.close())

async function linkedSession() {
  const buyer = await fixture.newLinkedBuyer()
  return { buyer, session: await fixture.signInByEmail('tt', buyer.ttEmail) }
}

/** What the crons do every minute, with no backoff left to wait for, until the purchase is where it should be. */
async function settle(purchaseId: string, status: string) {
  return waitUntil(
    `${purchaseId} to be ${status} after sweeps`,
    async () => {
      await fixture.expireBackoff(purchaseId)
      await fixture.sweep('tt')
      await fixture.sweep('ah')
      const syncs = await fixture.syncsOf(purchaseId)
      return syncs.every((sync) => sync.status === status && sync.ackedRevision === sync.revision) && syncs
    },
    30_000,
    300,
  )
}

describe('an Inngest that is down', () => {
  it('loses nothing on the buying side: 200 to Stripe, and everything is delivered when it is back', async () => {
    const email = fixture.newEmail()
    const session = await fixture.signInByEmail('tt', email)
    await fixture.part('inngest-tt', 'kill')
    try {
      const { checkoutSessionId } = await fixture.buyBundle(session)
      const purchase = await fixture.waitForPurchase(checkoutSessionId)
      const deliveries = await fixture.databases.tt('SELECT id FROM Outbox WHERE dispatchedAt IS NULL')
      expect(deliveries.length).toBeGreaterThan(0)
      expect(await fixture.grantsOf(purchase.id)).toHaveLength(0)
      await fixture.part('inngest-tt', 'start')
      await settle(purchase.id, 'synced')
      await fixture.inbox.waitForMail(email, /receipt|order/i)
    } finally {
      await fixture.part('inngest-tt', 'start')
    }
  })

  it('on the granting side: the purchase and its refund both wait, and it ends revoked with nobody’s help', async () => {
    const { session } = await linkedSession()
    await fixture.part('inngest-ah', 'kill')
    try {
      const { checkoutSessionId } = await fixture.buyBundle(session)
      const purchase = await fixture.waitForPurchase(checkoutSessionId)
      await fixture.refund(checkoutSessionId)
      await waitUntil('the refund to be recorded', async () =>
        (await fixture.syncsOf(purchase.id)).every(({ desiredState }) => desiredState === 'revoked'),
      )
      expect(await fixture.grantsOf(purchase.id)).toHaveLength(0)
      await fixture.part('inngest-ah', 'start')
      await settle(purchase.id, 'revoked')
      expect(await fixture.openEntitlementsOf(purchase.id)).toHaveLength(0)
    } finally {
      await fixture.part('inngest-ah', 'start')
    }
  })
})

describe('an unreliable road', () => {
  it('gives one grant when the answer to a send is lost', async () => {
    const { session } = await linkedSession()
    await fixture.faults.setFault('ttToAhInngest', { kind: 'lostResponse', times: 2 })
    const { checkoutSessionId } = await fixture.buyBundle(session)
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    await fixture.waitForSyncs(purchase.id, 'synced')
    expect(await fixture.grantsOf(purchase.id)).toHaveLength(2)
    const entitlements = await fixture.openEntitlementsOf(purchase.id)
    expect(new Set(entitlements.map(({ id }) => id)).size).toBe(entitlements.length)
  })

  it('repairs a lost confirmation by the pull, and a second run changes nothing', async () => {
    const { session } = await linkedSession()
    await fixture.faults.setFault('ahToTtInngest', { kind: 'down' })
    const { checkoutSessionId } = await fixture.buyBundle(session)
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    await waitUntil(
      'both grants on AI Hero',
      async () =>
        (await fixture.grantsOf(purchase.id)).filter(({ status }) => status === 'active').length === 2,
    )
    expect((await fixture.syncsOf(purchase.id)).every(({ status }) => status === 'pending')).toBe(true)

    await fixture.sweep('tt')
    const repaired = await fixture.waitForSyncs(purchase.id, 'synced')
    await fixture.sweep('tt')
    const again = await fixture.syncsOf(purchase.id)
    expect(again.map(({ revision, stateVersion }) => ({ revision, stateVersion }))).toEqual(
      repaired.map(({ revision, stateVersion }) => ({ revision, stateVersion })),
    )
  })

  it('settles every purchase when a tenth of the requests answers 503 and a tenth hangs', async () => {
    const buyers = await fixture.newLinkedBuyers(10)
    const sessions = await Promise.all(buyers.map(({ ttEmail }) => fixture.signInByEmail('tt', ttEmail)))
    await fixture.faults.setFault('ttToAhInngest', { kind: 'status503', probability: 0.1, seed: 7 })
    await fixture.faults.setFault('ahToTtInngest', { kind: 'hang', probability: 0.1, seed: 7 })
    const bought = await Promise.all(sessions.map((session) => fixture.buyBundle(session)))
    const purchases = await Promise.all(
      bought.map(({ checkoutSessionId }) => fixture.waitForPurchase(checkoutSessionId)),
    )
    for (const purchase of purchases) {
      await settle(purchase.id, 'synced')
      const grants = await fixture.grantsOf(purchase.id)
      expect(grants.map(({ status }) => status)).toEqual(['active', 'active'])
    }
  })
})

describe('a refund that overtakes its purchase', () => {
  it('ends revoked when it is recorded before emit-bundle-purchase has run', async () => {
    const { session } = await linkedSession()
    await fixture.part('inngest-tt', 'kill')
    try {
      const { checkoutSessionId } = await fixture.buyBundle(session)
      const purchase = await fixture.waitForPurchase(checkoutSessionId)
      await fixture.refund(checkoutSessionId)
      await waitUntil('the refund to be recorded', async () =>
        (await fixture.syncsOf(purchase.id)).every(({ revision }) => revision === 2),
      )
      await fixture.part('inngest-tt', 'start')
      await settle(purchase.id, 'revoked')
      expect(await fixture.openEntitlementsOf(purchase.id)).toHaveLength(0)
    } finally {
      await fixture.part('inngest-tt', 'start')
    }
  })
})

describe('an event with a valid event key and no valid proof', () => {
  it('opens nothing, and leaves an audit row', async () => {
    const buyer = await fixture.newLinkedBuyer()
    const purchaseId = `forged-${crypto.randomUUID()}`
    const response = await fetch(`${fixture.info.ah.inngestUrl}/e/${fixture.info.ah.eventKey}`, {
      method: 'POST',
      body: JSON.stringify({
        id: purchaseId,
        name: 'bundle/purchased',
        data: {
          v: 1,
          syncId: `sync-${purchaseId}`,
          purchaseId,
          targetProductId: 'product-ai-sdk-crash-course',
          revision: 1,
          stateVersionSeen: 0,
          owner: { userId: buyer.ttUserId, email: buyer.ttEmail, proven: true },
          purchasedAt: new Date().toISOString(),
          reason: 'purchase',
        },
      }),
    })
    expect(response.status).toBe(200)
    await response.text()
    await waitUntil('the refusal of this very event to be audited', async () => {
      const rows = await fixture.databases.ah(
        "SELECT id FROM AI_AuditEvent WHERE action = 'event.rejected' AND JSON_UNQUOTE(JSON_EXTRACT(data, '$.eventId')) = ?",
        [purchaseId],
      )
      return rows.length === 1
    })
    expect(await fixture.grantsOf(purchaseId)).toHaveLength(0)
  })
})
