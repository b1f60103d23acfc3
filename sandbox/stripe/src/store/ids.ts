import { createHash, randomInt } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Prefix and number of random characters, as Stripe's own ids look. */
const FORMATS = {
  balance_transaction: ['txn_3', 23],
  charge: ['ch_3', 23],
  checkout_session: ['cs_test_a1', 56],
  coupon: ['', 8],
  customer: ['cus_', 14],
  discount: ['di_1', 23],
  dispute: ['du_1', 23],
  event: ['evt_1', 23],
  line_item: ['li_1', 23],
  payment: ['py_3', 23],
  payment_intent: ['pi_3', 23],
  payment_method: ['pm_1', 23],
  price: ['price_1', 23],
  product: ['prod_', 14],
  promotion_code: ['promo_1', 23],
  refund: ['re_3', 23],
  request: ['req_', 14],
} as const

export function newId(kind: keyof typeof FORMATS): string {
  const [prefix, length] = FORMATS[kind]
  return prefix + randomText(length)
}

export function randomText(length: number): string {
  let text = ''
  for (let index = 0; index < length; index++) text += ALPHABET[randomInt(ALPHABET.length)]
  return text
}

/** The same input always yields the same id: for things that live in a file and not in the store. */
export function derivedId(prefix: string, input: string): string {
  return prefix + createHash('sha256').update(input).digest('hex').slice(0, 23)
}
