import {findOpenPurchase} from '../access/find-open-purchase'
import type {CommerceContext} from './context'
import {CheckoutError} from './errors'

export interface StartCheckoutInput {
  productId: string
  /** Who is signed in, or null for a guest, who is known by the address given to Stripe. */
  viewer: {id: string; email: string} | null
  /** This site's own address, for the way back. */
  siteUrl: string
}

/**
 * Opens a Stripe Checkout session for one product.
 *
 * @returns the address of Stripe's page
 * @throws CheckoutError `unavailable` when it isn't sold, `already-owned` when the viewer has it, `try-again` when Stripe can't be asked
 */
export async function startCheckout(context: CommerceContext, input: StartCheckoutInput): Promise<string> {
  const {db, stripe} = context
  const page = await db.contentPage.findUnique({where: {productId: input.productId}})
  const merchantProduct = await db.merchantProduct.findFirst({where: {productId: input.productId, status: 1}})
  const merchantPrice =
    merchantProduct === null
      ? null
      : await db.merchantPrice.findFirst({where: {merchantProductId: merchantProduct.id, status: 1}})
  if (page === null || merchantPrice === null || merchantPrice.identifier === null) {
    throw new CheckoutError('unavailable', 'This product is not for sale.')
  }
  if (input.viewer !== null) {
    const owned = await findOpenPurchase(context, {userId: input.viewer.id, productId: input.productId})
    if (owned !== null && owned.productId === input.productId) {
      throw new CheckoutError('already-owned', 'The viewer owns this product.')
    }
  }
  const metadata = {
    productId: input.productId,
    product: page.title,
    siteName: 'total-typescript',
    ...(input.viewer === null ? {} : {userId: input.viewer.id}),
  }
  try {
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [{price: merchantPrice.identifier, quantity: 1}],
      customer_creation: 'always',
      ...(input.viewer === null ? {} : {customer_email: input.viewer.email}),
      allow_promotion_codes: true,
      metadata,
      payment_intent_data: {metadata},
      success_url: `${input.siteUrl}/thanks?session_id={CHECKOUT_SESSION_ID}`,
      cancel_url: `${input.siteUrl}/products/${page.slug}?cancelled=1`,
    })
    if (session.url === null) throw new CheckoutError('try-again', 'Stripe gave no page to go to.')
    return session.url
  } catch (cause) {
    if (cause instanceof CheckoutError) throw cause
    throw new CheckoutError('try-again', 'Stripe did not open a checkout.', {cause})
  }
}
