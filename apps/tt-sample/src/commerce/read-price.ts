import type {Money} from '../components/views'
import type {Database} from '../cross-app'
import {toMinorUnits} from './money'

const CURRENCY = 'usd'

/** What a product of this site costs, or null when it isn't for sale. */
export async function readPrice(db: Database, productId: string): Promise<Money | null> {
  const price = await db.price.findFirst({where: {productId, status: 1}, orderBy: {createdAt: 'desc'}})
  if (price === null) return null
  return {amount: toMinorUnits(price.unitAmount.toFixed(2), CURRENCY), currency: CURRENCY}
}
