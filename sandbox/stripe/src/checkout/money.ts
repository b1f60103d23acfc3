/** Currencies whose amounts have no decimals. */
const WITHOUT_DECIMALS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '))

export function decimalsOf(currency: string): number {
  return WITHOUT_DECIMALS.has(currency) ? 0 : 2
}

/** 4900 usd → `$49.00`. */
export function formatMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: decimalsOf(currency),
    maximumFractionDigits: decimalsOf(currency),
  }).format(amount / 10 ** decimalsOf(currency))
}

/** 4900 usd → `49.00`, for a form field. */
export function toMajorUnits(amount: number, currency: string): string {
  return (amount / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency))
}

/** `49`, `49.5`, `1,049.50` → minor units; undefined for anything else, also for too many decimals. Exact: no floats. */
export function parseMajorUnits(text: string, currency: string): number | undefined {
  const decimals = decimalsOf(currency)
  const match = /^(\d{1,10})(?:\.(\d+))?$/.exec(text.trim().replaceAll(',', ''))
  const [, whole, fraction = ''] = match ?? []
  if (whole === undefined || fraction.length > decimals) return undefined
  return Number(whole + fraction.padEnd(decimals, '0'))
}
