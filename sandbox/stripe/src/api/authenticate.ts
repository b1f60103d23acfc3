import type { Account } from '../accounts.ts'
import { StripeError } from '../http/stripe-error.ts'

/**
 * Finds the account a secret key belongs to. Bearer, as the SDK sends it, and Basic, as curl -u does.
 *
 * @throws StripeError 401 without a key or with one no account has
 */
export function authenticate(accounts: Account[], header: string | undefined): Account {
  const key = keyFrom(header)
  if (key === undefined) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  }
  const account = accounts.find((candidate) => candidate.secretKey === key)
  if (account === undefined) throw unauthorized(`Invalid API Key provided: ${masked(key)}`)
  return account
}

function keyFrom(header: string | undefined): string | undefined {
  const [scheme, value] = header?.trim().split(/\s+/) ?? []
  if (value === undefined) return undefined
  if (scheme?.toLowerCase() === 'bearer') return value
  if (scheme?.toLowerCase() !== 'basic') return undefined
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0]
}

/** A key as it may be shown: its beginning and its last four characters. */
export function masked(key: string): string {
  if (key.length <= 12) return '*'.repeat(key.length)
  return `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
}

function unauthorized(message: string): StripeError {
  return new StripeError({ status: 401, type: 'invalid_request_error', message, beforeExecution: true })
}
