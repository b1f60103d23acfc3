import type { CatalogueStripe } from './catalogue-stripe.ts'
import { ensureDiscountCode } from './ensure-discount-code.ts'
import { ensureProduct } from './ensure-product.ts'
import type { Ensured } from './ensured.ts'
import type { WantedOnStripe } from './wanted-on-stripe.ts'

/**
 * Puts everything that an app sells on its Stripe account, one thing after the other: a test account takes 25 requests a
 * second, and a run that is broken off is simply repeated.
 *
 * @throws as ensureProduct and ensureDiscountCode do
 */
export async function ensureCatalogue(stripe: CatalogueStripe, wanted: WantedOnStripe): Promise<Ensured[]> {
  const ensured: Ensured[] = []
  for (const product of wanted.products) ensured.push(...(await ensureProduct(stripe, product)).ensured)
  for (const code of wanted.discountCodes) ensured.push(...(await ensureDiscountCode(stripe, code)))
  return ensured
}
