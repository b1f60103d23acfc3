/** The `type` of an error object, as in Stripe's API reference. */
export type StripeErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'

export interface StripeErrorDetails {
  status: number
  type: StripeErrorType
  message: string
  code?: string
  param?: string
  decline_code?: string
  /** True where Stripe's idempotency layer does not keep the answer: the request never began to execute. */
  beforeExecution?: boolean
}

/** An error that is answered as `{ "error": { type, code, message, param } }`. */
export class StripeError extends Error {
  readonly details: StripeErrorDetails

  constructor(details: StripeErrorDetails) {
    super(details.message)
    this.name = 'StripeError'
    this.details = details
  }

  /** The JSON body of the answer. */
  body(requestId: string): { error: Record<string, string> } {
    const { type, message, code, param, decline_code } = this.details
    const error: Record<string, string> = { type, message }
    if (code !== undefined) {
      error.code = code
      error.doc_url = `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`
    }
    if (param !== undefined) error.param = param
    if (decline_code !== undefined) error.decline_code = decline_code
    error.request_log_url = `https://dashboard.stripe.com/test/logs/${requestId}`
    return { error }
  }
}

/** 400: what was sent can't be used. */
export function invalidRequest(message: string, extra: { code?: string; param?: string } = {}): StripeError {
  return new StripeError({ status: 400, type: 'invalid_request_error', message, ...extra })
}

/** 404 for the object named in the path; 400 for one named in a parameter. Stripe answers the same way. */
export function noSuch(kind: string, id: string, param = 'id'): StripeError {
  return new StripeError({
    status: param === 'id' ? 404 : 400,
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  })
}
