import {ensureCatalogue} from '@sandbox/stack/stripe-test-mode/ensure-catalogue'
import {wantedOnStripe} from '@sandbox/stack/stripe-test-mode/wanted-on-stripe'
import {createStripe} from '../src/server/stripe'

/**
 * Puts products, prices and discount codes on Total TypeScript's Stripe account and prints what became of each, as one
 * line of JSON. Needs STRIPE_SECRET_KEY and no database. For people: `npm run stripe:setup`.
 */
async function main(): Promise<void> {
  const {STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE_URL: baseUrl} = process.env
  if (!secretKey) throw new Error('STRIPE_SECRET_KEY is missing. Run `npm run stripe:setup` in the root.')
  const stripe = createStripe(secretKey, baseUrl || undefined)
  console.log(JSON.stringify(await ensureCatalogue(stripe, wantedOnStripe('tt'))))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
