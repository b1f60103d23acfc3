import type {Transaction} from '../context'

/** The columns of the host's Purchase that decide something here. */
export interface LockedPurchase {
  id: string
  userId: string | null
  productId: string
  status: string
  merchantChargeId: string | null
  bulkCouponId: string | null
  redeemedBulkCouponId: string | null
  createdAt: Date
}

/**
 * Takes the lock under which everything about one purchase is decided. The look-up may ignore letter case (the host's
 * collation), so the id is compared again here.
 */
export async function lockPurchase(tx: Transaction, purchaseId: string): Promise<LockedPurchase | null> {
  const rows = await tx.$queryRaw<LockedPurchase[]>`
    SELECT id, userId, productId, status, merchantChargeId, bulkCouponId, redeemedBulkCouponId, createdAt
    FROM Purchase WHERE id = ${purchaseId} FOR UPDATE`
  const row = rows[0]
  return row === undefined || row.id !== purchaseId ? null : row
}
