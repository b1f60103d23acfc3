import Stripe from 'stripe'
import { env } from './env'

/** Stripe's own SDK for AI Hero's account; another address than Stripe's only where STRIPE_API_BASE_URL says so. */
export function createStripe(options: { secretKey: string; apiBaseUrl?: string | undefined }): Stripe {
	if (options.apiBaseUrl === undefined) return new Stripe(options.secretKey, { telemetry: false })
	const base = new URL(options.apiBaseUrl)
	return new Stripe(options.secretKey, {
		host: base.hostname,
		port: Number(base.port || (base.protocol === 'https:' ? 443 : 80)),
		protocol: base.protocol === 'https:' ? 'https' : 'http',
		telemetry: false,
	})
}

let client: Stripe | undefined

/** AI Hero's Stripe account, made at the first use. */
export function stripe(): Stripe {
	client ??= createStripe({ secretKey: env.STRIPE_SECRET_KEY, apiBaseUrl: env.STRIPE_API_BASE_URL })
	return client
}
