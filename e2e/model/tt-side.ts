import { type Bridge, stableId } from '@cross-app/shared'
import type { CrossAppContext } from '../../apps/tt-sample/src/cross-app/context'
import { inTransaction } from '../../apps/tt-sample/src/cross-app/in-transaction'
import { recordPurchaseSyncs } from '../../apps/tt-sample/src/cross-app/syncs/record-purchase-syncs'
import { reviseSyncs } from '../../apps/tt-sample/src/cross-app/syncs/revise-syncs'
import { isRetryable } from '../../apps/tt-sample/src/server/database-errors'
import { createDatabase } from '../../apps/tt-sample/src/server/db'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Total TypeScript's verbs on a real database. `bridge` decides where its events go. */
export function createTtContext(databaseUrl: string, bridge: Bridge, peerApiUrl: string): CrossAppContext {
  return {
    db: createDatabase(databaseUrl, 6),
    clock: { now: () => new Date() },
    log: quiet,
    isRetryable,
    bridge,
    random: () => 0.5,
    peerApiUrl,
    peerUrl: peerApiUrl,
    sendInApp: async () => undefined,
    sendEmail: async () => undefined,
    refreshFacts: async () => undefined,
  }
}

export type TtPurchase = { purchaseId: string; chargeId: string; owners: [string, string] }

export const AMOUNT_PAID = 100

/** A bundle purchase of one AI Hero course by the first of two people, recorded as the webhook does. */
export async function recordPurchase(
  context: CrossAppContext,
  run: string,
  productId: string,
): Promise<TtPurchase> {
  const owners: [string, string] = [`tt-ada-${run}`, `tt-ben-${run}`]
  const purchaseId = await stableId('purchase', run)
  const chargeId = `ch_${run}`
  await context.db.user.createMany({ data: owners.map((id) => ({ id, email: `${id}@example.com` })) })
  await context.db.account.createMany({
    data: owners.map((id) => ({
      userId: id,
      type: 'oauth',
      provider: 'github',
      providerAccountId: providerAccountOf(id),
    })),
  })
  await context.db.bundleItem.create({
    data: {
      id: `item-${run}`,
      productId: `bundle-${run}`,
      targetApp: 'ai-hero',
      targetProductId: productId,
      title: 'A course',
      summary: '',
      path: '/',
    },
  })
  await context.db.merchantCharge.create({
    data: {
      id: `charge-${run}`,
      identifier: chargeId,
      amount: AMOUNT_PAID,
      userId: owners[0],
      merchantAccountId: 'account',
      merchantProductId: 'product',
      merchantCustomerId: 'customer',
    },
  })
  await inTransaction(context, async (tx) => {
    await tx.purchase.create({
      data: {
        id: purchaseId,
        userId: owners[0],
        productId: `bundle-${run}`,
        totalAmount: 1,
        merchantChargeId: `charge-${run}`,
      },
    })
    await recordPurchaseSyncs({ tx, clock: context.clock }, { purchaseId, actor: 'model' })
  })
  return { purchaseId, chargeId, owners }
}

/** The GitHub account that a person has on both apps. */
export function providerAccountOf(ttUserId: string): string {
  return `github-of-${ttUserId}`
}

type Change = (tx: Parameters<Parameters<typeof inTransaction<void>>[1]>[0]) => Promise<unknown>

/** Writes one new fact and revises the purchase's syncs in the same transaction, as every verb that learns of one does. */
export async function changeFact(
  context: CrossAppContext,
  purchaseId: string,
  change: Change,
): Promise<void> {
  await inTransaction(context, async (tx) => {
    await tx.$queryRaw`SELECT id FROM Purchase WHERE id = ${purchaseId} FOR UPDATE`
    await change(tx)
    await reviseSyncs({ tx, clock: context.clock }, { purchaseId, actor: 'model' })
  })
}
