import Stripe from 'stripe'
import {env} from './env'

/** A client of one Stripe account; `baseUrl` points it at a local stand-in. */
export function createStripe(secretKey: string, baseUrl?: string): Stripe {
  if (baseUrl === undefined) return new Stripe(secretKey, {maxNetworkRetries: 2, timeout: 10_000})
  const url = new URL(baseUrl)
  return new Stripe(secretKey, {
    host: url.hostname,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    protocol: url.protocol === 'https:' ? 'https' : 'http',
    telemetry: false,
    maxNetworkRetries: 1,
    timeout: 10_000,
  })
}

const shared = globalThis as typeof globalThis & {ttStripe?: Stripe}

/** Total TypeScript's own Stripe account. */
export function stripe(): Stripe {
  shared.ttStripe ??= createStripe(env().STRIPE_SECRET_KEY, env().STRIPE_API_BASE_URL)
  return shared.ttStripe
}
