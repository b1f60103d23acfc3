/**
 * A price as people read it: "$149", "$149.50", "¥12,000".
 *
 * @param amount integer minor units of the currency (cents; whole yen)
 * @param currency ISO 4217 code, any case
 * @throws RangeError when the currency code is malformed
 */
export function formatMoney(amount: number, currency: string): string {
	const format = new Intl.NumberFormat('en-US', {
		style: 'currency',
		currency: currency.toUpperCase(),
		trailingZeroDisplay: 'stripIfInteger',
	})
	const minorDigits = format.resolvedOptions().maximumFractionDigits ?? 2
	return format.format(amount / 10 ** minorDigits)
}
