import { ahCourses, ttProducts } from '../../catalogue.ts'
import { personas } from '../../personas.ts'

/** What a person calls a product of the local catalogue; the id itself for any other. */
export function productName(productId: string): string {
  return [...ttProducts, ...ahCourses].find((product) => product.productId === productId)?.name ?? productId
}

/** A buyer without an address: a persona's name, or the user's id. */
export function buyerName(userId: string): string {
  return personas.find(({ tt }) => tt.userId === userId)?.name ?? userId
}

/** `US$499.00`: minor units into what people read. */
export function money(minorUnits: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
    // A yen has no cents.
    return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
  } catch {
    return `${minorUnits} ${currency}`
  }
}
