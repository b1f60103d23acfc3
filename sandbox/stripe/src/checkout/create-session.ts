import type Stripe from 'stripe'
import { changeMetadata } from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { idOf, type SessionInternals } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { newId } from '../store/ids.ts'
import { formatMoney } from './money.ts'
import type { NewSession } from './new-session.ts'
import { refusalOfCoupon, refusalOfPromotionCode } from './promotion.ts'
import { readLine } from './read-line.ts'
import { computeTotals } from './totals.ts'

const HOUR = 60 * 60

/**
 * Creates a Checkout session in `payment` mode.
 *
 * @throws StripeError naming the parameter: unknown or inactive price, mixed currencies, a total below the minimum,
 *   parameters that exclude each other
 */
export function createSession(scope: Scope, parameters: NewSession): Stripe.Checkout.Session {
  checkCombinations(parameters)
  const customer =
    parameters.customer === undefined ? null : scope.objects.get('customer', parameters.customer, 'customer')
  const lines = parameters.line_items.map((line, index) => readLine(scope, line, `line_items[${index}]`))
  const sessionCurrency = oneCurrency(lines.map(({ price }) => price.currency))
  const sessionLines = lines.map(({ line }) => line)
  const { subtotal } = computeTotals(sessionLines, null)
  const { discounts, coupon } = readDiscount(scope, parameters, {
    currency: sessionCurrency,
    subtotal,
    customer: customer?.id ?? null,
  })
  const totals = computeTotals(sessionLines, coupon)
  checkMinimum(totals.total, sessionCurrency)

  const id = newId('checkout_session')
  const now = scope.now()
  const methodTypes = parameters.allowed_payment_method_types ?? ['card', 'us_bank_account']
  const session: Stripe.Checkout.Session = {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: parameters.allow_promotion_codes ?? null,
    allowed_payment_method_types: parameters.allowed_payment_method_types ?? null,
    amount_subtotal: totals.subtotal,
    amount_total: totals.total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: parameters.billing_address_collection ?? null,
    cancel_url: parameters.cancel_url ?? null,
    client_reference_id: parameters.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: sessionCurrency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer === null ? (parameters.customer_creation ?? 'if_required') : null,
    customer_details: knownBuyer(customer, parameters.customer_email),
    customer_email: parameters.customer_email ?? null,
    discounts,
    expires_at: expiryOf(parameters.expires_at, now),
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: false,
    locale: parameters.locale ?? null,
    managed_payments: { enabled: false },
    metadata: changeMetadata({}, parameters.metadata),
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: methodTypes.filter((type) => type === 'card' || sessionCurrency === 'usd'),
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: parameters.submit_type ?? null,
    subscription: null,
    success_url: parameters.success_url,
    total_details: { amount_discount: totals.discount, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${scope.settings.publicUrl}/c/pay/${id}`,
    wallet_options: null,
  }
  const data = parameters.payment_intent_data
  const internals: SessionInternals = {
    lineItems: sessionLines,
    paymentIntentData: {
      metadata: changeMetadata({}, data?.metadata),
      description: data?.description ?? null,
      receiptEmail: data?.receipt_email ?? null,
      statementDescriptor: data?.statement_descriptor ?? null,
      statementDescriptorSuffix: data?.statement_descriptor_suffix ?? null,
    },
  }
  scope.objects.insert('checkout.session', session, internals)
  scope.tasks.schedule('expire_session', id, session.expires_at * 1000)
  return session
}

function checkCombinations(parameters: NewSession): void {
  const onlyOne = (first: keyof NewSession, second: keyof NewSession) => {
    if (parameters[first] === undefined || parameters[second] === undefined) return
    throw invalidRequest(`You may only specify one of these parameters: ${first}, ${second}.`, {
      param: first,
    })
  }
  onlyOne('customer', 'customer_email')
  onlyOne('customer', 'customer_creation')
  onlyOne('allow_promotion_codes', 'discounts')
  if (parameters.line_items.length === 0) {
    throw invalidRequest('Missing required param: line_items.', {
      code: 'parameter_missing',
      param: 'line_items',
    })
  }
}

function oneCurrency(currencies: string[]): string {
  const [first = 'usd', ...others] = currencies
  if (others.some((other) => other !== first)) {
    throw invalidRequest(
      'The `line_items` parameter has prices in several currencies. All of them must be in the same currency.',
      { param: 'line_items' },
    )
  }
  return first
}

function readDiscount(
  scope: Scope,
  parameters: NewSession,
  use: { currency: string; subtotal: number; customer: string | null },
): { discounts: Stripe.Checkout.Session.Discount[]; coupon: Stripe.Coupon | null } {
  const [discount, ...others] = parameters.discounts ?? []
  if (discount === undefined) return { discounts: [], coupon: null }
  if (others.length > 0) {
    throw invalidRequest('You can only pass one discount to a Checkout Session.', { param: 'discounts' })
  }
  if ((discount.coupon === undefined) === (discount.promotion_code === undefined)) {
    throw invalidRequest('You must specify either `coupon` or `promotion_code` in `discounts[0]`.', {
      param: 'discounts[0]',
    })
  }
  if (discount.coupon !== undefined) {
    const coupon = scope.objects.get('coupon', discount.coupon, 'discounts[0][coupon]')
    const refusal = refusalOfCoupon(scope, coupon, use.currency)
    if (refusal !== undefined) throw refusal
    return { discounts: [{ coupon: coupon.id, promotion_code: null }], coupon }
  }
  const param = 'discounts[0][promotion_code]'
  const promotionCode = scope.objects.get('promotion_code', discount.promotion_code ?? '', param)
  const refusal = refusalOfPromotionCode(scope, promotionCode, use)
  if (refusal !== undefined) throw refusal
  return {
    discounts: [{ coupon: null, promotion_code: promotionCode.id }],
    coupon: scope.objects.get('coupon', idOf(promotionCode.promotion.coupon) ?? '', param),
  }
}

/** Stripe takes at least 50 cents, or nothing. Other currencies have minimums near it. */
function checkMinimum(total: number, sessionCurrency: string): void {
  const minimum = 50
  if (total === 0 || total >= minimum) return
  throw invalidRequest(
    `The Checkout Session's total amount due must add up to at least ${formatMoney(minimum, sessionCurrency)} ${sessionCurrency}`,
    { code: 'amount_too_small' },
  )
}

function expiryOf(requested: number | undefined, now: number): number {
  if (requested === undefined) return now + 24 * HOUR
  if (requested < now + HOUR / 2 || requested > now + 24 * HOUR + 60) {
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.',
      { param: 'expires_at' },
    )
  }
  return requested
}

function knownBuyer(
  customer: Stripe.Customer | null,
  typedEmail: string | undefined,
): Stripe.Checkout.Session.CustomerDetails | null {
  const knownEmail = customer?.email ?? typedEmail
  if (knownEmail === undefined) return null
  return {
    address: null,
    business_name: null,
    email: knownEmail,
    individual_name: null,
    name: customer?.name ?? null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
  }
}
