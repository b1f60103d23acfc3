/** What a buyer typed, already checked: digits only, a real expiry. Never stored and never logged as it is. */
export type PaymentMethodInput = CardInput | BankAccountInput

export interface CardInput {
  type: 'card'
  number: string
  brand: string
  expiryMonth: number
  expiryYear: number
  name: string
}

export interface BankAccountInput {
  type: 'us_bank_account'
  routingNumber: string
  accountNumber: string
  name: string
}
