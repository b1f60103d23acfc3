import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import type { PaymentMethodInput } from '../payments/payment-method-input.ts'
import { newId, randomText } from '../store/ids.ts'

export interface NewPaymentIntent {
  created: number
  amount: number
  currency: string
  customer: string | null
  description: string | null
  metadata: Record<string, string>
  methodTypes: string[]
  receiptEmail: string | null
  statementDescriptor: string | null
  statementDescriptorSuffix: string | null
}

/** A payment intent before its first attempt. */
export function buildPaymentIntent(input: NewPaymentIntent): Stripe.PaymentIntent {
  const id = newId('payment_intent')
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created: input.created,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    description: input.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: input.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: input.methodTypes,
    payment_record: null,
    processing: null,
    receipt_email: input.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: input.statementDescriptor,
    statement_descriptor_suffix: input.statementDescriptorSuffix,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  }
}

const EMPTY_ADDRESS: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
}

/** The same number always has the same fingerprint; the number itself is never stored. */
function fingerprintOf(number: string): string {
  return createHash('sha256').update(`fingerprint/${number}`).digest('base64url').slice(0, 16)
}

export function buildPaymentMethod(
  method: PaymentMethodInput,
  context: { created: number; customer: string | null; email: string },
): Stripe.PaymentMethod {
  const common = {
    id: newId('payment_method'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: {
      address: { ...EMPTY_ADDRESS, country: 'US' },
      email: context.email,
      name: method.name,
      phone: null,
      tax_id: null,
    },
    created: context.created,
    customer: context.customer,
    customer_account: null,
    livemode: false,
    metadata: {},
  } as const
  if (method.type === 'us_bank_account') {
    return {
      ...common,
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type: 'individual',
        account_type: 'checking',
        bank_name: 'STRIPE TEST BANK',
        financial_connections_account: null,
        fingerprint: fingerprintOf(method.accountNumber),
        last4: method.accountNumber.slice(-4),
        networks: { preferred: 'ach', supported: ['ach'] },
        routing_number: method.routingNumber,
        status_details: {},
      },
    }
  }
  return {
    ...common,
    type: 'card',
    card: {
      brand: method.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: method.brand,
      exp_month: method.expiryMonth,
      exp_year: method.expiryYear,
      fingerprint: fingerprintOf(method.number),
      funding: 'credit',
      generated_from: null,
      last4: method.number.slice(-4),
      networks: { available: [method.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  }
}

/** What happened to an attempt, for the charge's `outcome`. */
export type ChargeResult =
  | { status: 'succeeded' | 'pending' }
  | { status: 'failed'; code: string; declineCode: string; message: string }

export function buildCharge(input: {
  created: number
  paymentIntent: Stripe.PaymentIntent
  paymentMethod: Stripe.PaymentMethod
  method: PaymentMethodInput
  email: string
  customer: string | null
  receiptUrl: string
  result: ChargeResult
}): Stripe.Charge {
  const { paymentIntent, paymentMethod, method, result } = input
  const succeeded = result.status === 'succeeded'
  const failed = result.status === 'failed'
  return {
    id: newId(method.type === 'card' ? 'charge' : 'payment'),
    object: 'charge',
    amount: paymentIntent.amount,
    amount_captured: succeeded ? paymentIntent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      address: { ...EMPTY_ADDRESS, country: 'US' },
      email: input.email,
      name: method.name,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'SANDBOX',
    captured: !failed,
    created: input.created,
    currency: paymentIntent.currency,
    customer: input.customer,
    description: paymentIntent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? result.code : null,
    failure_message: failed ? result.message : null,
    fraud_details: {},
    livemode: false,
    metadata: paymentIntent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(result),
    paid: succeeded,
    payment_intent: paymentIntent.id,
    payment_method: paymentMethod.id,
    payment_method_details: methodDetails(method, paymentMethod, paymentIntent.amount),
    radar_options: {},
    receipt_email: paymentIntent.receipt_email,
    receipt_number: null,
    receipt_url: failed ? null : input.receiptUrl,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: paymentIntent.statement_descriptor,
    statement_descriptor_suffix: paymentIntent.statement_descriptor_suffix,
    status: result.status,
    transfer_data: null,
    transfer_group: null,
  }
}

export function outcomeOf(result: ChargeResult): Stripe.Charge.Outcome {
  if (result.status === 'failed') {
    return {
      advice_code: 'try_again_later',
      network_advice_code: null,
      network_decline_code: '01',
      network_status: 'declined_by_network',
      reason: result.declineCode,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: 'The bank returned a decline code.',
      type: 'issuer_declined',
    }
  }
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'approved_by_network',
    reason: null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: 'Payment complete.',
    type: 'authorized',
  }
}

function methodDetails(
  method: PaymentMethodInput,
  paymentMethod: Stripe.PaymentMethod,
  amount: number,
): Stripe.Charge.PaymentMethodDetails {
  if (method.type === 'us_bank_account') {
    return {
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type: 'individual',
        account_type: 'checking',
        bank_name: 'STRIPE TEST BANK',
        fingerprint: paymentMethod.us_bank_account?.fingerprint ?? null,
        last4: method.accountNumber.slice(-4),
        payment_reference: null,
        routing_number: method.routingNumber,
      },
    }
  }
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand: method.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      electronic_commerce_indicator: null,
      exp_month: method.expiryMonth,
      exp_year: method.expiryYear,
      fingerprint: paymentMethod.card?.fingerprint ?? null,
      funding: 'credit',
      installments: null,
      last4: method.number.slice(-4),
      mandate: null,
      network: method.brand,
      network_transaction_id: randomText(15),
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

/** Stripe's usual fee, so that amounts in the dashboards of the apps look familiar: 2.9 % and 30 minor units. */
function feeOf(amount: number): number {
  return Math.round(amount * 0.029) + 30
}

export function buildBalanceTransaction(input: {
  created: number
  amount: number
  currency: string
  source: string
  type: 'charge' | 'payment' | 'refund' | 'refund_failure' | 'adjustment'
  description: string | null
}): Stripe.BalanceTransaction {
  const isPayment = input.type === 'charge' || input.type === 'payment'
  const fee = isPayment ? feeOf(input.amount) : 0
  const categories = {
    charge: 'charge',
    payment: 'charge',
    refund: 'refund',
    refund_failure: 'refund_failure',
    adjustment: 'dispute',
  }
  return {
    id: newId('balance_transaction'),
    object: 'balance_transaction',
    amount: input.amount,
    available_on: input.created + (isPayment ? 2 * 24 * 60 * 60 : 0),
    balance_type: 'payments',
    created: input.created,
    currency: input.currency,
    description: input.description,
    exchange_rate: null,
    fee,
    fee_details: isPayment
      ? [
          {
            amount: fee,
            application: null,
            currency: input.currency,
            description: 'Stripe processing fees',
            type: 'stripe_fee',
          },
        ]
      : [],
    net: input.amount - fee,
    reporting_category: categories[input.type],
    source: input.source,
    status: isPayment ? 'pending' : 'available',
    type: input.type,
  }
}
