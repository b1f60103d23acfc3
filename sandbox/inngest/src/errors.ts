/** The server was asked for something it can't start with; the message says what to change. */
export class StartError extends Error {
  override name = 'StartError'
}

/** A registration is refused as a whole; the set registered before stays as it was. */
export class RegistrationError extends Error {
  override name = 'RegistrationError'
  readonly code: string | undefined
  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}
