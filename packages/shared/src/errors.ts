/**
 * Every failure that crosses a module border. `code` is for programs, `message` says what happened and what to do
 * next, `retryable` says whether the same call can succeed later without anyone changing anything.
 */
export class CrossAppError extends Error {
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message)
    // Targets below ES2015 break the prototype chain of built-in subclasses; the real Total TypeScript compiles to es5.
    Object.setPrototypeOf(this, new.target.prototype)
    this.name = new.target.name
    this.code = code
    this.retryable = options.retryable
    if (options.cause !== undefined) this.cause = options.cause
  }

  override cause?: unknown
}

/** A secret, key or address is missing or unusable: an operator has to change the configuration. */
export class ConfigurationError extends CrossAppError {
  constructor(message: string) {
    super('configuration', message, { retryable: false })
  }
}

/** What was given is not an email address. */
export class InvalidEmailError extends CrossAppError {
  constructor() {
    super('invalid-email', 'This is not an email address. Check it for a missing "@" or a space.', {
      retryable: false,
    })
  }
}

/** Unknown name or version, a payload that fails its schema, or one over the size limit. */
export class InvalidEventError extends CrossAppError {
  constructor(message: string, cause?: unknown) {
    super('invalid-event', message, { retryable: false, cause })
  }
}

/** No proof, a bad signature, or a proof made for something else. Never applied; worth an alert. */
export class ForgedEventError extends CrossAppError {
  /** The verifier's own code, such as `ERR_JWT_EXPIRED`; null when it was not the verifier who found it. */
  readonly reason: string | null

  constructor(message: string, reason: string | null = null) {
    super('forged-event', message, { retryable: false })
    this.reason = reason
  }
}

/** Signed with a key this app does not have (yet): during a secret rotation the key may arrive later. */
export class UnknownKeyError extends CrossAppError {
  constructor(keyId: string) {
    super(
      'unknown-key',
      `The proof names key ${keyId}, which this app does not have. During a rotation, set CROSS_APP_SECRET_NEXT here too.`,
      { retryable: true },
    )
  }
}

/** The peer could not be reached, was overloaded, or did not answer in time. */
export class RetryableSendError extends CrossAppError {
  constructor(message: string, cause?: unknown) {
    super('send-retryable', message, { retryable: true, cause })
  }
}

/** The peer refused the request for a reason that a repeat of the same request does not change. */
export class PermanentSendError extends CrossAppError {
  readonly status: number

  constructor(status: number, message: string) {
    super('send-permanent', message, { retryable: false })
    this.status = status
  }
}

/** A read-API request without a valid token. */
export class UnauthorisedReadError extends CrossAppError {
  constructor(message: string) {
    super('read-unauthorised', message, { retryable: false })
  }
}

/** The target product does not exist on this app (spec "Bundle Purchase"; answered with `entitlement/failed`). */
export class UnknownProductError extends CrossAppError {
  readonly productId: string

  constructor(productId: string) {
    super(
      'unknown-product',
      `There is no product ${productId} here. Add it to the catalogue, or correct the bundle's item, then retry the sync.`,
      { retryable: false },
    )
    this.productId = productId
  }
}

/** A row that has to exist does not. */
export class NotFoundError extends CrossAppError {
  constructor(what: string) {
    super('not-found', what, { retryable: false })
  }
}

/** Narrows an unknown error by its code, which survives a copy of this package in two bundles where instanceof would not. */
export function isCrossAppError(error: unknown): error is CrossAppError {
  return (
    error instanceof Error && typeof (error as { code?: unknown }).code === 'string' && 'retryable' in error
  )
}
