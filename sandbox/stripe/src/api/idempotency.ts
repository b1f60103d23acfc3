import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { StripeError } from '../http/stripe-error.ts'

/** Stripe forgets a key after a day. */
const KEPT_FOR_MS = 24 * 60 * 60 * 1000

export interface KeptAnswer {
  status: number
  body: string
  requestId: string
}

export interface KeyedRequest {
  account: string
  key: string
  /** The path of the call. */
  endpoint: string
  /** The raw form, as sent. */
  parameters: string
}

/**
 * The answer this key already got, if the same request came before.
 *
 * @throws StripeError idempotency_error when the key was used with another path or other parameters
 */
export function findKeptAnswer(database: DatabaseSync, request: KeyedRequest): KeptAnswer | undefined {
  if (request.key.length > 255) {
    throw new StripeError({
      status: 400,
      type: 'invalid_request_error',
      message: 'Idempotency keys can have at most 255 characters.',
      beforeExecution: true,
    })
  }
  const row = database
    .prepare('select * from idempotency_keys where account = ? and key = ? and created_at_ms > ?')
    .get(request.account, request.key, Date.now() - KEPT_FOR_MS)
  if (row === undefined) return undefined
  if (row.endpoint !== request.endpoint) {
    throw mismatch(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${request.endpoint}' vs '${String(row.endpoint)}'). Try using a key other than '${request.key}' if you meant to execute a different request.`,
    )
  }
  if (row.parameters_hash !== hashOf(request.parameters)) {
    throw mismatch(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${request.key}' if you meant to execute a different request.`,
    )
  }
  return { status: Number(row.status), body: String(row.body), requestId: String(row.request_id) }
}

/** Keeps an answer, in the transaction of the change itself: a key never stands for a change that was lost. */
export function keepAnswer(database: DatabaseSync, request: KeyedRequest, answer: KeptAnswer): void {
  database
    .prepare(
      `insert or replace into idempotency_keys
         (account, key, endpoint, parameters_hash, request_id, status, body, created_at_ms)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      request.account,
      request.key,
      request.endpoint,
      hashOf(request.parameters),
      answer.requestId,
      answer.status,
      answer.body,
      Date.now(),
    )
}

/** Forgets the keys that are a day old. */
export function forgetOldKeys(database: DatabaseSync): void {
  database.prepare('delete from idempotency_keys where created_at_ms <= ?').run(Date.now() - KEPT_FOR_MS)
}

// Only a hash is kept: the same parameters in another order count as different ones, which no SDK sends on a retry.
function hashOf(parameters: string): string {
  return createHash('sha256').update(parameters).digest('hex')
}

function mismatch(message: string): StripeError {
  return new StripeError({ status: 400, type: 'idempotency_error', message, beforeExecution: true })
}
