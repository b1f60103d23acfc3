import {formatMoney} from '../../components/format-money'
import type {Money} from '../../components/views'
import type {MailContent} from '../../cross-app'

export interface ReceiptMail {
  productTitle: string
  paid: Money
  purchaseId: string
  /** What the product contains, and where each part opens. */
  courses: {title: string; where: string}[]
  accountUrl: string
  /** Where a guest confirms the address; null when the purchase's owner is known already. */
  confirmUrl: string | null
}

/**
 * The receipt of one purchase. For a guest it is also the proof of the address: nothing opens before its link has been
 * followed, or anyone could buy under a stranger's address.
 */
export function receiptMail(input: ReceiptMail): MailContent {
  const {productTitle, paid, purchaseId, courses, confirmUrl} = input
  return {
    subject:
      confirmUrl === null
        ? `Your receipt for ${productTitle}`
        : `Your receipt for ${productTitle}, and one step to open it`,
    preview:
      confirmUrl === null
        ? `${formatMoney(paid)} paid. Thank you.`
        : 'Confirm your address to open your courses.',
    heading: 'Thank you',
    blocks: [
      {kind: 'text', text: `You bought ${productTitle} for ${formatMoney(paid)}.`},
      ...(courses.length === 0
        ? []
        : [
            {
              kind: 'list' as const,
              items: courses.map(({title, where}) => ({title, detail: `on ${where}`})),
            },
          ]),
      ...(confirmUrl === null
        ? [
            {
              kind: 'action' as const,
              look: 'primary' as const,
              label: 'See your courses',
              href: input.accountUrl,
            },
          ]
        : [
            {
              kind: 'text' as const,
              text: 'You bought without signing in, so we have to know that this address is yours. Nothing opens until you have confirmed it.',
            },
            {
              kind: 'action' as const,
              look: 'primary' as const,
              label: 'Confirm your address',
              href: confirmUrl,
            },
          ]),
    ],
    footer: `If you write to us about this purchase, quote ${purchaseId}.`,
  }
}
