import { isArrival, isReceipt, productsOfSyncs } from './match-messages.ts'
import { numberOf, type PlacedRow, textOf } from './timeline-row.ts'

/**
 * How far AI Hero's rows have to be moved so that nothing arrives before it was sent, in milliseconds. 0 when the two
 * clocks agree well enough: the smallest move that puts cause before effect, on the way there and on the way back.
 */
export function clockCorrection(ttRows: readonly PlacedRow[], ahRows: readonly PlacedRow[]): number {
  const productOf = productsOfSyncs(ttRows)
  let least = Number.NEGATIVE_INFINITY
  let most = Number.POSITIVE_INFINITY
  const told = new Set<string>()
  for (const row of ahRows) {
    const productId = textOf(row, 'productId')
    const revision = numberOf(row, 'revision')
    if (isArrival(row)) {
      const sent = ttRows.find(
        (each) =>
          each.action === 'sync.sending' &&
          productOf.get(each.subject) === productId &&
          numberOf(each, 'revision') === revision,
      )
      if (sent !== undefined) least = Math.max(least, sent.time - row.time)
    }
    const stateVersion = numberOf(row, 'stateVersion')
    // A repeated message leaves the version as it is, and may well come after the first one was answered.
    const version = `${productId} ${stateVersion}`
    if (told.has(version)) continue
    told.add(version)
    const received = ttRows.find(
      (each) =>
        isReceipt(each) &&
        productOf.get(each.subject) === productId &&
        stateVersion !== undefined &&
        numberOf(each, 'stateVersion') === stateVersion,
    )
    if (received !== undefined) most = Math.min(most, received.time - row.time)
  }
  if (least > 0) return most >= least || most === Number.POSITIVE_INFINITY ? least : (least + most) / 2
  return Math.min(most, 0)
}
