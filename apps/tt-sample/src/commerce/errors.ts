/** A checkout can't be started; `code` goes into the product page's URL, which words it. */
export class CheckoutError extends Error {
  override name = 'CheckoutError'

  constructor(
    readonly code: 'already-owned' | 'unavailable' | 'try-again',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
