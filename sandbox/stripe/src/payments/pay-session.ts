import type Stripe from 'stripe'
import { countRedemption } from '../checkout/promotion.ts'
import { internalsOf } from '../checkout/sessions.ts'
import { buildCustomer } from '../objects/customer.ts'
import {
  buildBalanceTransaction,
  buildCharge,
  buildPaymentIntent,
  buildPaymentMethod,
  type ChargeResult,
} from '../objects/payment.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { newId } from '../store/ids.ts'
import { openDispute } from './disputes.ts'
import type { PaymentMethodInput } from './payment-method-input.ts'
import { findTestCard, TEST_BANK_ACCOUNTS, type TestCard } from './test-numbers.ts'

/** What a charge keeps beside what it shows: what its test number asked for. */
export interface ChargeInternals {
  later: TestCard['later'] | null
  /** How a bank debit ends when nobody settles it by hand. */
  bankFailure: { code: string; message: string } | null
}

export interface Buyer {
  email: string
  name: string | null
}

/** A declined attempt leaves the session open: the buyer may try again. */
export type PayResult =
  | { kind: 'complete'; session: Stripe.Checkout.Session }
  | { kind: 'declined'; message: string }

/**
 * Pays an open session. The caller holds the transaction and has seen `status: 'open'` in it, so a session is paid once
 * however often the form arrives.
 *
 * @param method null when the total is zero: no payment method is needed then
 */
export function paySession(
  scope: Scope,
  session: Stripe.Checkout.Session,
  buyer: Buyer,
  method: PaymentMethodInput | null,
): PayResult {
  if (method === null) {
    const customer = customerFor(scope, session, buyer)
    return {
      kind: 'complete',
      session: complete(scope, session, buyer, customer, 'no_payment_required', null),
    }
  }
  const attempt = method.type === 'card' ? findTestCard(method.number) : undefined
  const decline = attempt?.decline
  // A declined buyer gets no Customer object: that comes with the purchase.
  const customer = decline === undefined ? customerFor(scope, session, buyer) : idOf(session.customer)
  const paymentIntent = paymentIntentFor(scope, session, customer)
  const paymentMethod = scope.objects.insert(
    'payment_method',
    buildPaymentMethod(method, { created: scope.now(), customer, email: buyer.email }),
  )
  const makeCharge = (result: ChargeResult) =>
    buildCharge({
      created: scope.now(),
      paymentIntent,
      paymentMethod,
      method,
      email: buyer.email,
      customer,
      receiptUrl: `${scope.settings.publicUrl}/dashboard/${scope.account.key}/payments/${paymentIntent.id}`,
      result,
    })

  if (decline !== undefined) {
    const charge = scope.objects.insert('charge', makeCharge({ status: 'failed', ...decline }))
    const failed = scope.objects.save('payment_intent', {
      ...paymentIntent,
      latest_charge: charge.id,
      last_payment_error: {
        charge: charge.id,
        code: decline.code,
        decline_code: decline.declineCode,
        doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll('_', '-')}`,
        message: decline.message,
        payment_method: paymentMethod,
        type: 'card_error',
      },
      status: 'requires_payment_method',
    })
    scope.objects.save('checkout.session', { ...session, payment_intent: paymentIntent.id })
    scope.emit('charge.failed', charge)
    scope.emit('payment_intent.payment_failed', failed)
    return { kind: 'declined', message: decline.message }
  }

  if (method.type === 'us_bank_account') {
    const failure = TEST_BANK_ACCOUNTS.find(
      (account) => account.accountNumber === method.accountNumber,
    )?.failure
    const internals: ChargeInternals = { later: null, bankFailure: failure ?? null }
    const charge = scope.objects.insert('charge', makeCharge({ status: 'pending' }), internals)
    const processing = scope.objects.save('payment_intent', {
      ...paymentIntent,
      latest_charge: charge.id,
      payment_method: paymentMethod.id,
      last_payment_error: null,
      processing: null,
      status: 'processing',
    })
    scope.emit('charge.pending', charge)
    scope.emit('payment_intent.processing', processing)
    scope.tasks.schedule('settle_bank_debit', paymentIntent.id, Date.now() + scope.settings.bankDebitDelayMs)
    return {
      kind: 'complete',
      session: complete(scope, session, buyer, customer, 'unpaid', paymentIntent.id),
    }
  }

  const internals: ChargeInternals = { later: attempt?.later ?? null, bankFailure: null }
  const charge = scope.objects.insert('charge', makeCharge({ status: 'succeeded' }), internals)
  const succeeded = scope.objects.save('payment_intent', {
    ...paymentIntent,
    amount_received: paymentIntent.amount,
    latest_charge: charge.id,
    payment_method: paymentMethod.id,
    last_payment_error: null,
    status: 'succeeded',
  })
  scope.emit('charge.succeeded', charge)
  scope.emit('payment_intent.succeeded', succeeded)
  const completed = complete(scope, session, buyer, customer, 'paid', paymentIntent.id)
  recordFunds(scope, charge)
  if (attempt?.later === 'dispute') openDispute(scope, charge.id, 'chargeback')
  if (attempt?.later === 'inquiry') openDispute(scope, charge.id, 'inquiry')
  return { kind: 'complete', session: completed }
}

/** The money's way to the balance is known a moment after the payment: Stripe tells it with `charge.updated`. */
export function recordFunds(scope: Scope, charge: Stripe.Charge): Stripe.Charge {
  const transaction = scope.objects.insert(
    'balance_transaction',
    buildBalanceTransaction({
      created: scope.now(),
      amount: charge.amount,
      currency: charge.currency,
      source: charge.id,
      type: charge.id.startsWith('py_') ? 'payment' : 'charge',
      description: charge.description,
    }),
  )
  const updated = scope.objects.save('charge', { ...charge, balance_transaction: transaction.id })
  scope.emit('charge.updated', updated, charge)
  return updated
}

function customerFor(scope: Scope, session: Stripe.Checkout.Session, buyer: Buyer): string | null {
  const known = idOf(session.customer)
  if (known !== null || session.customer_creation !== 'always') return known
  const customer = scope.objects.insert(
    'customer',
    buildCustomer({ id: newId('customer'), created: scope.now(), email: buyer.email, name: buyer.name }),
  )
  scope.emit('customer.created', customer)
  return customer.id
}

/** The session's payment intent: made at the first attempt, used again after a decline. */
function paymentIntentFor(
  scope: Scope,
  session: Stripe.Checkout.Session,
  customer: string | null,
): Stripe.PaymentIntent {
  const amount = session.amount_total ?? 0
  const existing = scope.objects.find('payment_intent', idOf(session.payment_intent) ?? '')
  if (existing !== undefined) {
    return scope.objects.save('payment_intent', { ...existing, amount, customer })
  }
  const data = internalsOf(scope, session.id).paymentIntentData
  const paymentIntent = scope.objects.insert(
    'payment_intent',
    buildPaymentIntent({
      created: scope.now(),
      amount,
      currency: session.currency ?? 'usd',
      customer,
      description: data.description,
      metadata: data.metadata,
      methodTypes: session.payment_method_types,
      receiptEmail: data.receiptEmail,
      statementDescriptor: data.statementDescriptor,
      statementDescriptorSuffix: data.statementDescriptorSuffix,
    }),
  )
  scope.emit('payment_intent.created', paymentIntent)
  return paymentIntent
}

function complete(
  scope: Scope,
  session: Stripe.Checkout.Session,
  buyer: Buyer,
  customer: string | null,
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
  paymentIntent: string | null,
): Stripe.Checkout.Session {
  const completed = scope.objects.save('checkout.session', {
    ...session,
    customer,
    customer_details: {
      address: null,
      business_name: null,
      email: buyer.email,
      individual_name: null,
      name: buyer.name,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
    payment_intent: paymentIntent,
    payment_status: paymentStatus,
    status: 'complete',
    url: null,
  })
  scope.tasks.cancel('expire_session', session.id)
  countRedemption(scope, completed)
  scope.emit('checkout.session.completed', completed)
  return completed
}
