import type {Money} from '../components/views'

/**
 * What a bundle saves against buying its parts one by one.
 *
 * @param parts null where a price isn't known
 * @returns null when a price is missing, the currencies differ, or there is nothing to save: then nothing is claimed
 */
export function bundleSaving(bundle: Money, parts: (Money | null)[]): {price: Money; saving: Money} | null {
  const currency = bundle.currency.toLowerCase()
  let sum = 0
  for (const part of parts) {
    if (part === null || part.currency.toLowerCase() !== currency) return null
    sum += part.amount
  }
  if (sum <= bundle.amount) return null
  return {price: {amount: sum, currency}, saving: {amount: sum - bundle.amount, currency}}
}
