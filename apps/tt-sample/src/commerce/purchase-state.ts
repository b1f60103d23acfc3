import type {PurchaseState} from '../components/views'

/** The platform's purchase status in the words of pages. */
export function purchaseStateOf(status: string): PurchaseState {
  if (status === 'Refunded') return 'refunded'
  return status === 'Disputed' ? 'disputed' : 'paid'
}
