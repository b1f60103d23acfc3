/** Currencies without a minor unit (ISO 4217, as Stripe lists them). */
const WITHOUT_MINOR_UNIT = [
  'bif',
  'clp',
  'djf',
  'gnf',
  'jpy',
  'kmf',
  'krw',
  'mga',
  'pyg',
  'rwf',
  'ugx',
  'vnd',
  'vuv',
  'xaf',
  'xof',
  'xpf',
]

/** Integer minor units as the decimal text the platform's tables keep: 4990 usd → "49.90". No floating point. */
export function toDecimalText(amount: number, currency: string): string {
  if (WITHOUT_MINOR_UNIT.includes(currency.toLowerCase())) return String(amount)
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The way back: "49.90" usd → 4990. Further decimals are cut. */
export function toMinorUnits(decimalText: string, currency: string): number {
  const [whole = '0', fraction = ''] = decimalText.split('.')
  if (WITHOUT_MINOR_UNIT.includes(currency.toLowerCase())) return Number(whole)
  return Number(`${whole}${fraction.padEnd(2, '0').slice(0, 2)}`)
}
