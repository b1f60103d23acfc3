import {
  currency,
  email,
  flag,
  integer,
  list,
  metadata,
  object,
  oneOf,
  onlyDisabled,
  required,
  text,
  url,
  type ValuesOf,
} from '../http/parameters.ts'

/** What a Checkout session can be created with here. Anything else is refused by name. */
export const newSessionShape = {
  mode: required(oneOf('payment')),
  ui_mode: oneOf('hosted_page'),
  success_url: required(url()),
  cancel_url: url(),
  client_reference_id: text({ maxLength: 200 }),
  currency: currency(),
  customer: text(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: email(),
  line_items: required(
    list(
      object({
        price: text(),
        price_data: object({
          currency: required(currency()),
          unit_amount: required(integer({ min: 0, max: 99_999_999 })),
          product: text(),
          product_data: object({
            name: required(text()),
            description: text(),
            images: list(url()),
            metadata: metadata(),
            unit_label: text({ maxLength: 12 }),
          }),
          tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
        }),
        quantity: integer({ min: 1, max: 999_999 }),
        metadata: metadata(),
      }),
    ),
  ),
  discounts: list(object({ coupon: text(), promotion_code: text() })),
  allow_promotion_codes: flag(),
  allowed_payment_method_types: list(oneOf('card', 'us_bank_account')),
  expires_at: integer(),
  metadata: metadata(),
  payment_intent_data: object({
    metadata: metadata(),
    description: text(),
    receipt_email: email(),
    statement_descriptor: text({ maxLength: 22 }),
    statement_descriptor_suffix: text({ maxLength: 22 }),
  }),
  locale: oneOf('auto', 'en'),
  submit_type: oneOf('auto', 'pay'),
  billing_address_collection: oneOf('auto'),
  automatic_tax: onlyDisabled(),
  adaptive_pricing: onlyDisabled(),
  invoice_creation: onlyDisabled(),
  phone_number_collection: onlyDisabled(),
  tax_id_collection: onlyDisabled(),
}

export type NewSession = ValuesOf<typeof newSessionShape>
export type NewLine = NewSession['line_items'][number]
