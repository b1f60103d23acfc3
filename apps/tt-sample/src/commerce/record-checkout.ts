import {stableId} from '@cross-app/shared'
import {
  inTransaction,
  raiseAlertWithin,
  recordAudit,
  recordPurchaseSyncs,
  retrying,
  type Transaction,
  writeOutbox,
} from '../cross-app'
import {applyFactsToPurchase} from './apply-facts-to-purchase'
import type {CommerceContext} from './context'
import type {Checkout} from './fetch-checkout'
import {type Buyer, findBuyer} from './find-buyer'
import {findSoldProduct, type SoldProduct} from './find-sold-product'
import {toDecimalText} from './money'
import {receiveStripeEvent, type StripeEventReceipt} from './stripe-inbox'

export type RecordedCheckout =
  /** `outboxIds`: to be sent right after the commit. */
  | {outcome: 'recorded'; purchaseId: string; outboxIds: string[]}
  /** Not paid yet; nothing but the event is written. */
  | {outcome: 'waiting'}
  /** Paid, but for something we don't know: kept in the inbox, and people are told. */
  | {outcome: 'held'}

type Context = Pick<CommerceContext, 'db' | 'clock' | 'log' | 'isRetryable'>

/**
 * Records a Checkout session as a purchase: one transaction with the inbox, the purchase, its syncs and what is to be
 * sent. The purchase's id follows from the session's, so that two events, two deliveries, or an import after a restore
 * make one purchase.
 *
 * @param event the Stripe event that brought it; null for an import
 */
export async function recordCheckout(
  context: Context,
  {checkout, event}: {checkout: Checkout; event: StripeEventReceipt | null},
): Promise<RecordedCheckout> {
  if (checkout.paymentStatus === 'unpaid') {
    await inTransaction(context, (tx) => receiveStripeEvent({...context, tx}, event, 'waiting'))
    return {outcome: 'waiting'}
  }
  const product = await findSoldProduct(context.db, checkout)
  if (product === null) return hold(context, checkout, event)
  if (checkout.charge === null && checkout.amountTotal > 0) {
    throw new Error(
      `Checkout ${checkout.sessionId} is paid, but Stripe shows no charge yet. It will be delivered again.`,
    )
  }
  const buyer = await findBuyer(context, checkout)
  // The session's row is the lock that makes one purchase of it, so it must exist before anyone locks it.
  await retrying(context, async () =>
    context.db.merchantSession.createMany({
      data: [
        {
          id: await stableId('merchant-session', checkout.sessionId),
          identifier: checkout.sessionId,
          merchantAccountId: product.merchantAccountId,
        },
      ],
      skipDuplicates: true,
    }),
  )
  return inTransaction(context, (tx) => record({...context, tx}, {checkout, event, product, buyer}))
}

/** The id of a session's purchase. */
export function purchaseIdOf(checkoutSessionId: string): Promise<string> {
  return stableId('purchase', checkoutSessionId)
}

interface Work {
  checkout: Checkout
  event: StripeEventReceipt | null
  product: SoldProduct
  buyer: Buyer | null
}

async function record(context: Context & {tx: Transaction}, work: Work): Promise<RecordedCheckout> {
  const {checkout, event, product, buyer} = work
  const {tx} = context
  await tx.$queryRaw`SELECT id FROM MerchantSession WHERE identifier = ${checkout.sessionId} FOR UPDATE`
  await receiveStripeEvent(context, event, 'recorded')
  const purchaseId = await insertPurchase(context, work)
  await applyFactsToPurchase(context, {purchaseId})
  await recordAudit(context, {
    actor: 'stripe',
    action: 'purchase.recorded',
    purchaseId,
    subject: purchaseId,
    data: {
      productId: product.productId,
      amount: checkout.amountTotal,
      currency: checkout.currency,
      checkoutSessionId: checkout.sessionId,
      userId: buyer === null ? null : buyer.userId,
      signedIn: buyer?.signedIn ?? false,
    },
    once: [purchaseId],
  })
  await recordPurchaseSyncs(context, {purchaseId, actor: 'stripe'})
  if (buyer === null) await alertUnidentifiedBuyer(context, purchaseId, checkout)
  const outboxIds = [
    await writeOutbox(context, {
      kind: 'event',
      name: 'purchase/created',
      happening: `purchase/created:${purchaseId}`,
      data: {purchaseId, productId: product.productId, checkoutSessionId: checkout.sessionId},
    }),
  ]
  if (checkout.email !== null) {
    outboxIds.push(
      await writeOutbox(context, {
        kind: 'email',
        name: 'receipt',
        happening: `receipt:${purchaseId}`,
        data: {purchaseId, to: checkout.email},
      }),
    )
  }
  return {outcome: 'recorded', purchaseId, outboxIds}
}

/** Every row has an id that follows from Stripe's, so a repeat inserts nothing and overwrites nothing. */
async function insertPurchase({tx}: {tx: Transaction}, {checkout, product, buyer}: Work): Promise<string> {
  const purchaseId = await purchaseIdOf(checkout.sessionId)
  const userId = buyer === null ? null : buyer.userId
  const {merchantAccountId, merchantProductId} = product
  const merchantChargeId = checkout.charge === null ? null : await stableId('charge', checkout.charge.id)
  if (checkout.charge !== null && merchantChargeId !== null) {
    const customerIdentifier = checkout.customerId ?? `guest:${checkout.sessionId}`
    const merchantCustomerId = await stableId('customer', customerIdentifier)
    const charged = {userId: userId ?? '', merchantAccountId}
    await tx.merchantCustomer.createMany({
      data: [{id: merchantCustomerId, identifier: customerIdentifier, status: 1, ...charged}],
      skipDuplicates: true,
    })
    await tx.merchantCharge.createMany({
      data: [
        {
          id: merchantChargeId,
          status: 1,
          identifier: checkout.charge.id,
          amount: checkout.charge.amount,
          net: checkout.charge.amount,
          merchantProductId,
          merchantCustomerId,
          ...charged,
        },
      ],
      skipDuplicates: true,
    })
  }
  const merchantSessionId = await stableId('merchant-session', checkout.sessionId)
  const couponId = await findCouponId(tx, checkout.stripeCouponId)
  const {restriction} = checkout.metadata
  await tx.purchase.createMany({
    data: [
      {
        id: purchaseId,
        userId,
        createdAt: checkout.createdAt,
        totalAmount: toDecimalText(checkout.amountTotal, checkout.currency),
        country: restriction ?? checkout.billingCountry,
        couponId,
        productId: product.productId,
        merchantChargeId,
        merchantSessionId,
        status: restriction === null ? 'Valid' : 'Restricted',
      },
    ],
    skipDuplicates: true,
  })
  await tx.purchaseOrigin.createMany({
    data: [
      {
        purchaseId,
        checkoutSessionId: checkout.sessionId,
        provenUserId: buyer?.signedIn === true ? buyer.userId : null,
        buyerEmail: checkout.email,
        restriction,
        currency: checkout.currency,
        amountPaid: checkout.amountTotal,
      },
    ],
    skipDuplicates: true,
  })
  return purchaseId
}

async function findCouponId(tx: Transaction, stripeCouponId: string | null): Promise<string | null> {
  if (stripeCouponId === null) return null
  const coupon = await tx.coupon.findFirst({where: {merchantCouponId: stripeCouponId}, select: {id: true}})
  return coupon === null ? null : coupon.id
}

/** Nothing opens until support has said whose it is. */
async function alertUnidentifiedBuyer(
  context: Context & {tx: Transaction},
  purchaseId: string,
  checkout: Checkout,
): Promise<void> {
  await raiseAlertWithin(context, {
    actor: 'stripe',
    action: 'alert.buyer-unidentified',
    purchaseId,
    subject: purchaseId,
    data: {
      checkoutSessionId: checkout.sessionId,
      hasAddress: checkout.email !== null,
      summary: 'No account has exactly the address that was paid with. Assign the purchase by hand.',
    },
    once: [purchaseId],
  })
}

/** Someone paid for what we don't know (case 6). Correct the catalogue, then deliver the event again from Stripe's dashboard. */
async function hold(
  context: Context,
  checkout: Checkout,
  event: StripeEventReceipt | null,
): Promise<RecordedCheckout> {
  await inTransaction(context, async (tx) => {
    const within = {...context, tx}
    await receiveStripeEvent(within, event, 'held')
    await raiseAlertWithin(within, {
      actor: 'stripe',
      action: 'alert.checkout-held',
      purchaseId: await purchaseIdOf(checkout.sessionId),
      subject: checkout.sessionId,
      data: {
        checkoutSessionId: checkout.sessionId,
        priceId: checkout.priceId,
        stripeProductId: checkout.stripeProductId,
        amount: checkout.amountTotal,
        currency: checkout.currency,
        summary:
          'Paid for a price and product we don’t know. Add them to the catalogue, then resend the event from Stripe.',
      },
      once: [checkout.sessionId],
    })
  })
  return {outcome: 'held'}
}
