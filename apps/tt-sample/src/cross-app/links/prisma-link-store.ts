import {type HeldLink, type LinkRecord, type LinkStore, stableId} from '@cross-app/shared'
import {type DatabaseContext, PEER, type Transaction} from '../context'
import {inTransaction, retrying} from '../in-transaction'
import {linkColumnsOf, lockLinkRow, recordOf} from './link-row'

/** This app's mirror of AI Hero's links, and what it has asked AI Hero to undo. */
export function prismaLinkStore(context: DatabaseContext): LinkStore<Transaction> {
  return {
    async withLink(sellerUserId, work) {
      await ensureRow(context, sellerUserId)
      return inTransaction(context, async (tx) => work(await hold(context, tx, sellerUserId)))
    },
  }
}

async function hold(
  context: DatabaseContext,
  tx: Transaction,
  sellerUserId: string,
): Promise<HeldLink<Transaction>> {
  const row = await lockLinkRow(tx, sellerUserId)
  if (row === null) throw new Error(`The link row of user ${sellerUserId} was there and is gone.`)
  const before = recordOf(row)
  return {
    tx,
    record: before,
    async save(next: LinkRecord) {
      await tx.accountLink.update({
        where: {id: row.id},
        data: linkColumnsOf(next, before, context.clock.now()),
      })
    },
    spendToken: ({tokenId}) => spendToken(context, tx, {tokenId, sellerUserId}),
  }
}

/** Made in a statement of its own: made inside the transaction, two would each hold what the other one waits for. */
async function ensureRow(context: DatabaseContext, userId: string): Promise<void> {
  const where = {userId_linkedApp: {userId, linkedApp: PEER}}
  if ((await context.db.accountLink.findUnique({where, select: {id: true}})) !== null) return
  const id = await stableId('account-link', PEER, userId)
  await retrying(context, () =>
    context.db.accountLink.createMany({
      data: [{id, userId, linkedApp: PEER, linkRevision: 0, updatedAt: context.clock.now()}],
      skipDuplicates: true,
    }),
  )
}

async function spendToken(
  context: DatabaseContext,
  tx: Transaction,
  {tokenId, sellerUserId}: {tokenId: string; sellerUserId: string},
): Promise<'first' | 'again' | 'unknown'> {
  const request = await lockLinkRequest(tx, tokenId)
  if (request === null || request.userId !== sellerUserId) return 'unknown'
  if (request.consumedAt !== null) return 'again'
  await tx.linkRequest.update({where: {jti: tokenId}, data: {consumedAt: context.clock.now()}})
  return 'first'
}

/** The token that this app has signed, locked until the transaction ends. */
export async function lockLinkRequest(
  tx: Transaction,
  tokenId: string,
): Promise<{userId: string; expiresAt: Date; consumedAt: Date | null} | null> {
  const rows = await tx.$queryRaw<{userId: string; expiresAt: Date; consumedAt: Date | null}[]>`
    SELECT userId, expiresAt, consumedAt FROM LinkRequest WHERE jti = ${tokenId} FOR UPDATE`
  return rows[0] ?? null
}
