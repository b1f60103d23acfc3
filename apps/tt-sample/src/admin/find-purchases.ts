import type {CommerceContext} from '../commerce/context'
import {idOf} from '../commerce/read-charge-facts'
import type {Database} from '../cross-app'

type Context = Pick<CommerceContext, 'db' | 'stripe' | 'log'>

/** What an id in a search box stands for. */
export type FoundPurchases =
  /** Purchases it names; none when it has the form of such an id and names nothing. */
  | {kind: 'purchases'; ids: string[]}
  /** It has no form that is known: perhaps an id of another kind, perhaps an address. */
  | {kind: 'unknown-form'}
  /** Only Stripe knows which charge this is, and could not be asked. */
  | {kind: 'stripe-away'}

/** Far more than any one buyer has. */
const MAX_PURCHASES = 200

/**
 * The purchases that an id of Stripe's stands for: a Checkout session, charge, payment intent, refund, dispute or
 * customer. Support has whatever the buyer or Stripe's dashboard gave them.
 */
export async function findPurchasesByStripeId(context: Context, text: string): Promise<FoundPurchases> {
  const {db} = context
  switch (/^([a-z]+)_/.exec(text)?.[1]) {
    case 'cs':
      return found(await bySession(db, text))
    case 'ch':
    case 'py':
      return found(await byCharge(db, text))
    case 're':
    case 'pyr':
    case 'dp':
    case 'du':
      return found(await byFact(db, text))
    case 'cus':
      return found(await byCustomer(db, text))
    case 'pi':
      return byPaymentIntent(context, text)
    default:
      return {kind: 'unknown-form'}
  }
}

function found(ids: string[]): FoundPurchases {
  return {kind: 'purchases', ids}
}

async function bySession(db: Database, sessionId: string): Promise<string[]> {
  const origin = await db.purchaseOrigin.findUnique({where: {checkoutSessionId: sessionId}})
  return origin === null ? [] : [origin.purchaseId]
}

/** The host's tables compare without letter case; Stripe's ids differ by it. */
async function byCharge(db: Database, chargeId: string): Promise<string[]> {
  const charge = await db.merchantCharge.findUnique({where: {identifier: chargeId}})
  if (charge === null || charge.identifier !== chargeId) return []
  const purchases = await db.purchase.findMany({where: {merchantChargeId: charge.id}, select: {id: true}})
  return purchases.map(({id}) => id)
}

async function byFact(db: Database, factId: string): Promise<string[]> {
  const fact = await db.chargeFact.findUnique({where: {id: factId}})
  return fact === null ? [] : byCharge(db, fact.chargeId)
}

async function byCustomer(db: Database, customerId: string): Promise<string[]> {
  const customer = await db.merchantCustomer.findUnique({where: {identifier: customerId}})
  if (customer === null || customer.identifier !== customerId || customer.userId === '') return []
  const purchases = await db.purchase.findMany({
    where: {userId: customer.userId},
    select: {id: true},
    orderBy: {createdAt: 'desc'},
    take: MAX_PURCHASES,
  })
  return purchases.map(({id}) => id)
}

/** The platform's tables don't keep payment intents: Stripe says which charge one led to. */
async function byPaymentIntent({db, stripe, log}: Context, paymentIntentId: string): Promise<FoundPurchases> {
  try {
    const intent = await stripe.paymentIntents.retrieve(
      paymentIntentId,
      {},
      // Somebody waits in front of the page.
      {timeout: 5_000, maxNetworkRetries: 0},
    )
    const chargeId = idOf(intent.latest_charge)
    return found(chargeId === null ? [] : await byCharge(db, chargeId))
  } catch (error) {
    if (isMissing(error)) return found([])
    log.warn('admin.stripe-not-asked', {error})
    return {kind: 'stripe-away'}
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'resource_missing'
}
