import type {DatabaseContext} from '../context'
import {inTransaction} from '../in-transaction'
import {reviseSyncs} from './revise-syncs'

/**
 * Brings the seats of a team's purchase up to date after a fact about that purchase changed: a seat is worth what its
 * team's purchase is.
 *
 * @returns ids of the seats' purchases that have a new revision to send
 */
export async function reviseSeats(
  context: DatabaseContext,
  {purchaseId, actor}: {purchaseId: string; actor: string},
): Promise<string[]> {
  const coupons = await context.db.coupon.findMany({where: {bulkPurchaseId: purchaseId}, select: {id: true}})
  if (coupons.length === 0) return []
  const seats = await context.db.purchase.findMany({
    where: {redeemedBulkCouponId: {in: coupons.map(({id}) => id)}},
    select: {id: true},
  })
  const revised: string[] = []
  for (const {id} of seats) {
    const syncs = await inTransaction(context, (tx) =>
      reviseSyncs({tx, clock: context.clock}, {purchaseId: id, actor}),
    )
    if (syncs.length > 0) revised.push(id)
  }
  return revised
}
