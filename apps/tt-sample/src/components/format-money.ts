import type {Money} from './views'

/**
 * Writes an amount the way it stands on a price tag: no decimals when there are none to speak of.
 *
 * @throws RangeError when the currency is not an ISO 4217 code
 */
export function formatMoney({amount, currency}: Money): string {
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    trailingZeroDisplay: 'stripIfInteger',
  })
  // Not every currency has two decimals: yen have none, so their minor unit is the yen itself.
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
