/** What a test number does, as in Stripe's own list of test cards. */
export interface TestCard {
  number: string
  label: string
  decline?: { code: string; declineCode: string; message: string }
  /** What happens after a successful payment without anyone's doing. */
  later?: 'dispute' | 'inquiry' | 'refund_fails' | 'refund_pending'
}

const DECLINED = 'Your card was declined.'

export const TEST_CARDS: TestCard[] = [
  { number: '4242424242424242', label: 'Payment succeeds' },
  {
    number: '4000000000000002',
    label: 'Declined',
    decline: { code: 'card_declined', declineCode: 'generic_decline', message: DECLINED },
  },
  {
    number: '4000000000009995',
    label: 'Insufficient funds',
    decline: {
      code: 'card_declined',
      declineCode: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    },
  },
  {
    number: '4000000000009987',
    label: 'Lost card',
    decline: { code: 'card_declined', declineCode: 'lost_card', message: DECLINED },
  },
  {
    number: '4000000000000069',
    label: 'Expired card',
    decline: { code: 'expired_card', declineCode: 'expired_card', message: 'Your card has expired.' },
  },
  {
    number: '4000000000000127',
    label: 'Wrong CVC',
    decline: {
      code: 'incorrect_cvc',
      declineCode: 'incorrect_cvc',
      message: "Your card's security code is incorrect.",
    },
  },
  {
    number: '4000000000000119',
    label: 'Processing error',
    decline: {
      code: 'processing_error',
      declineCode: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  },
  { number: '4000000000000259', label: 'Succeeds, then disputed as fraud', later: 'dispute' },
  { number: '4000000000001976', label: 'Succeeds, then an inquiry', later: 'inquiry' },
  { number: '4000000000005126', label: 'Succeeds; a refund fails later', later: 'refund_fails' },
  {
    number: '4000000000007726',
    label: 'Succeeds; a refund stays pending for a while',
    later: 'refund_pending',
  },
]

/** Cards that succeed like 4242, for people who have another brand's number in their fingers. */
const OTHER_GOOD_CARDS = ['5555555555554444', '378282246310005', '6011111111111117', '4000056655665556']

/** The test card with this number, or undefined: real numbers are refused, as in Stripe's test mode. */
export function findTestCard(number: string): TestCard | undefined {
  if (OTHER_GOOD_CARDS.includes(number)) return { number, label: 'Payment succeeds' }
  return TEST_CARDS.find((card) => card.number === number)
}

export interface TestBankAccount {
  accountNumber: string
  label: string
  failure?: { code: string; message: string }
}

export const TEST_ROUTING_NUMBER = '110000000'

export const TEST_BANK_ACCOUNTS: TestBankAccount[] = [
  { accountNumber: '000123456789', label: 'Succeeds later' },
  {
    accountNumber: '000222222227',
    label: 'Fails later: insufficient funds',
    failure: {
      code: 'insufficient_funds',
      message: "The customer's account has insufficient funds to cover this payment.",
    },
  },
  {
    accountNumber: '000111111113',
    label: 'Fails later: account closed',
    failure: { code: 'account_closed', message: "The customer's bank account has been closed." },
  },
]
