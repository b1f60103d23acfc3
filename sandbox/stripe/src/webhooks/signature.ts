import { createHmac } from 'node:crypto'

/**
 * The `Stripe-Signature` header for a payload: HMAC-SHA256 over `<unix seconds>.<raw body>`, keyed with the endpoint's
 * whole `whsec_…` secret.
 */
export function signatureHeader(payload: string, secret: string, nowSeconds: number): string {
  const signature = createHmac('sha256', secret).update(`${nowSeconds}.${payload}`).digest('hex')
  return `t=${nowSeconds},v1=${signature}`
}
