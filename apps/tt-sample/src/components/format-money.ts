import type {Money} from './views'

/**
 * Writes an amount the way it stands on a price tag: no decimals when there are none to speak of.
 *
 * @throws RangeError when the currency is not an ISO 4217 code
 */
export function formatMoney({amount, currency}: Money): string {
  const style = {style: 'currency', currency: currency.toUpperCase()} as const
  // Not every currency has two decimals: yen have none, so their minor unit is the yen itself.
  const digits = new Intl.NumberFormat('en-US', style).resolvedOptions().maximumFractionDigits ?? 2
  const unit = 10 ** digits
  const format = new Intl.NumberFormat('en-US', {
    ...style,
    minimumFractionDigits: amount % unit === 0 ? 0 : digits,
  })
  return format.format(amount / unit)
}
