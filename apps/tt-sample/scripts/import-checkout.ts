import {importCheckout} from '../src/commerce/import-checkout'
import {hostContext} from '../src/server/host-context'

/** Brings Checkout sessions from Stripe into this database again: `tsx scripts/import-checkout.ts cs_… [cs_…]`. */
async function main(): Promise<void> {
  const sessionIds = process.argv.slice(2)
  if (sessionIds.length === 0 || sessionIds.some((id) => !id.startsWith('cs_'))) {
    throw new Error('Name one or more Checkout sessions: tsx scripts/import-checkout.ts cs_…')
  }
  try {
    for (const sessionId of sessionIds) {
      const {outcome} = await importCheckout(hostContext, {sessionId})
      console.log(`${sessionId}: ${outcome}`)
    }
  } finally {
    await hostContext.db.$disconnect()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
