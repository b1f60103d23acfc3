import type { DatabaseSync } from 'node:sqlite'
import type { Account } from '../accounts.ts'
import { decodeForm } from '../http/form.ts'
import { StripeError } from '../http/stripe-error.ts'
import { createScope, type Settings } from '../scope.ts'
import { inTransaction } from '../store/database.ts'
import { newId } from '../store/ids.ts'
import { API_VERSION } from '../version.ts'
import { authenticate } from './authenticate.ts'
import { expandObject } from './expand.ts'
import { findKeptAnswer, type KeyedRequest, keepAnswer } from './idempotency.ts'
import { findRoute } from './routes.ts'

export interface ApiCall {
  method: string
  path: string
  /** The query string without its question mark. */
  query: string
  body: string
  headers: {
    authorization?: string | undefined
    idempotencyKey?: string | undefined
    version?: string | undefined
    contentType?: string | undefined
  }
}

export interface ApiAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export interface ApiContext {
  database: DatabaseSync
  accounts: Account[]
  settings: Settings
}

/**
 * Answers one API call. The change, its events and the answer kept under its idempotency key are one transaction, on
 * disk before the answer is sent.
 */
export function answerApiCall(context: ApiContext, call: ApiCall): ApiAnswer {
  const requestId = newId('request')
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'request-id': requestId,
    'stripe-version': API_VERSION,
  }
  const { idempotencyKey } = call.headers
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  const toAnswer = (status: number, body: string): ApiAnswer => ({ status, headers, body })
  try {
    const account = authenticate(context.accounts, call.headers.authorization)
    checkVersion(call.headers.version)
    const { route, id } = findRoute(call.method, call.path)
    const parameters = call.method === 'POST' ? formBody(call) : call.query
    const keyed: KeyedRequest | undefined =
      call.method === 'POST' && idempotencyKey !== undefined
        ? { account: account.key, key: idempotencyKey, endpoint: call.path, parameters }
        : undefined
    return inTransaction(context.database, () => {
      const kept = keyed === undefined ? undefined : findKeptAnswer(context.database, keyed)
      if (kept !== undefined) {
        headers['idempotent-replayed'] = 'true'
        headers['original-request'] = kept.requestId
        return toAnswer(kept.status, kept.body)
      }
      const scope = createScope(context.database, account, context.settings, {
        requestId,
        idempotencyKey: idempotencyKey ?? null,
      })
      const run = () => {
        const { body, expand } = route.answer(scope, decodeForm(parameters), { id })
        return JSON.stringify(expandObject(scope, body, expand), null, 2)
      }
      const { status, body } = runKeepingErrors(context.database, run, requestId)
      if (keyed !== undefined) keepAnswer(context.database, keyed, { status, body, requestId })
      return toAnswer(status, body)
    })
  } catch (error) {
    const stripeError = error instanceof StripeError ? error : internalError(error)
    return toAnswer(stripeError.details.status, JSON.stringify(stripeError.body(requestId), null, 2))
  }
}

/**
 * Once a call has begun to execute, its error is an answer like any other and is kept under the idempotency key; what
 * it had changed until then is taken back.
 */
function runKeepingErrors(
  database: DatabaseSync,
  run: () => string,
  requestId: string,
): { status: number; body: string } {
  database.exec('savepoint execution')
  try {
    const body = run()
    database.exec('release execution')
    return { status: 200, body }
  } catch (error) {
    database.exec('rollback to execution')
    database.exec('release execution')
    if (!(error instanceof StripeError) || error.details.beforeExecution === true) throw error
    return { status: error.details.status, body: JSON.stringify(error.body(requestId), null, 2) }
  }
}

function formBody(call: ApiCall): string {
  const type = call.headers.contentType ?? ''
  if (call.body === '' || type.startsWith('application/x-www-form-urlencoded')) return call.body
  throw new StripeError({
    status: 400,
    type: 'invalid_request_error',
    message: `Invalid request: send application/x-www-form-urlencoded, not ${type === '' ? 'an unnamed type' : type}.`,
    beforeExecution: true,
  })
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return
  throw new StripeError({
    status: 400,
    type: 'invalid_request_error',
    message: `This sandbox speaks the API version ${API_VERSION} only, not ${version}. Use stripe-node 23.1, or leave the Stripe-Version header out.`,
    beforeExecution: true,
  })
}

function internalError(error: unknown): StripeError {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`stripe sandbox: ${reason}\n`)
  return new StripeError({
    status: 500,
    type: 'api_error',
    message: 'The Stripe sandbox has a fault of its own; its log says where.',
  })
}
