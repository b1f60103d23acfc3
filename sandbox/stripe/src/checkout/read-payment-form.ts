import { isEmailAddress } from '../http/parameters.ts'
import type { Buyer } from '../payments/pay-session.ts'
import type { BankAccountInput, CardInput, PaymentMethodInput } from '../payments/payment-method-input.ts'
import { findTestCard, TEST_BANK_ACCOUNTS, TEST_ROUTING_NUMBER } from '../payments/test-numbers.ts'

/** The fields of the payment form, by name. */
export const FIELD_NAMES = [
  'email',
  'cardNumber',
  'cardExpiry',
  'cardCvc',
  'cardholderName',
  'routingNumber',
  'accountNumber',
  'accountHolderName',
] as const
export type FieldName = (typeof FIELD_NAMES)[number]

export interface TypedForm {
  paymentMethod: 'card' | 'bank_debit'
  values: Record<FieldName, string>
}

export type FieldErrors = Partial<Record<FieldName, string>>

export interface PaymentForm {
  buyer: Buyer
  method: PaymentMethodInput | null
  errors: FieldErrors
}

/** Takes the known fields out of a posted form. */
export function readTypedForm(form: URLSearchParams): TypedForm {
  const values = Object.fromEntries(FIELD_NAMES.map((name) => [name, (form.get(name) ?? '').trim()]))
  return {
    paymentMethod: form.get('paymentMethod') === 'bank_debit' ? 'bank_debit' : 'card',
    // The line above has put every name in.
    values: values as Record<FieldName, string>,
  }
}

/**
 * Checks what a buyer typed, with the messages buyers know.
 *
 * @param lockedEmail the address the session already has: it can't be changed on the page
 * @param needsPayment false when the total is zero
 */
export function checkPaymentForm(
  typed: TypedForm,
  context: { lockedEmail: string | null; needsPayment: boolean; bankDebitOffered: boolean; now: Date },
): PaymentForm {
  const errors: FieldErrors = {}
  const email = context.lockedEmail ?? typed.values.email
  if (email === '') errors.email = 'Enter your email address.'
  else if (!isEmailAddress(email)) errors.email = 'Your email address is invalid.'
  if (!context.needsPayment) return { buyer: { email, name: null }, method: null, errors }
  const method =
    typed.paymentMethod === 'bank_debit' && context.bankDebitOffered
      ? readBankAccount(typed.values, errors)
      : readCard(typed.values, errors, context.now)
  return { buyer: { email, name: method.name === '' ? null : method.name }, method, errors }
}

function readCard(values: TypedForm['values'], errors: FieldErrors, now: Date): CardInput {
  const number = values.cardNumber.replace(/[\s-]/g, '')
  if (!/^\d{13,19}$/.test(number)) errors.cardNumber = 'Your card number is incomplete.'
  else if (!passesLuhn(number)) errors.cardNumber = 'Your card number is invalid.'
  else if (findTestCard(number) === undefined) {
    errors.cardNumber =
      'Your card was declined. This is a sandbox, but the number is not one of its test cards: use one from the table.'
  }
  const { month, year, problem } = readExpiry(values.cardExpiry, now)
  if (problem !== undefined) errors.cardExpiry = problem
  if (!/^\d{3,4}$/.test(values.cardCvc)) errors.cardCvc = "Your card's security code is incomplete."
  return {
    type: 'card',
    number,
    brand: brandOf(number),
    expiryMonth: month,
    expiryYear: year,
    name: values.cardholderName,
  }
}

function readBankAccount(values: TypedForm['values'], errors: FieldErrors): BankAccountInput {
  const accountNumber = values.accountNumber.replaceAll(' ', '')
  const routingNumber = values.routingNumber.replaceAll(' ', '')
  if (routingNumber !== TEST_ROUTING_NUMBER) {
    errors.routingNumber = `Use the test routing number ${TEST_ROUTING_NUMBER}.`
  }
  if (!TEST_BANK_ACCOUNTS.some((account) => account.accountNumber === accountNumber)) {
    errors.accountNumber = 'Use one of the test account numbers from the table.'
  }
  if (values.accountHolderName === '') errors.accountHolderName = 'Enter the name on the account.'
  return { type: 'us_bank_account', routingNumber, accountNumber, name: values.accountHolderName }
}

/** The check digit of a card number. */
export function passesLuhn(number: string): boolean {
  let sum = 0
  for (const [index, digit] of [...number].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** Reads 12/34, 12 / 34, 1234 and 12/2034. A card is good through the last day of its month. */
function readExpiry(text: string, now: Date): { month: number; year: number; problem?: string } {
  const match = /^(\d{1,2})\s*\/?\s*(\d{2}|\d{4})$/.exec(text)
  const month = Number(match?.[1])
  const yearText = match?.[2] ?? ''
  if (!match || month < 1 || month > 12) {
    return { month: 0, year: 0, problem: "Your card's expiration date is incomplete." }
  }
  const year = Number(yearText) + (yearText.length === 2 ? 2000 : 0)
  const currentYear = now.getUTCFullYear()
  if (year < currentYear) return { month, year, problem: "Your card's expiration year is in the past." }
  if (year > currentYear + 50) return { month, year, problem: "Your card's expiration year is invalid." }
  if (year === currentYear && month < now.getUTCMonth() + 1) {
    return { month, year, problem: "Your card's expiration date is in the past." }
  }
  return { month, year }
}

function brandOf(number: string): string {
  if (/^3[47]/.test(number)) return 'amex'
  if (/^5[1-5]/.test(number)) return 'mastercard'
  if (/^6(011|5)/.test(number)) return 'discover'
  return 'visa'
}
