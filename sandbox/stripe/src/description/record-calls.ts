import Stripe from 'stripe'

/** One call of the API as it went over the wire. */
export interface RecordedCall {
  method: string
  /** Path without its query. */
  path: string
  /** Parameters as sent: the query, or the form in the body. */
  form: string
  status: number
  /** The answer, parsed. */
  answer: unknown
}

/** Stripe's own SDK on a server of this machine, and all that it says and hears. */
export function createRecordingStripe(
  { host, port }: { host: string; port: number },
  secretKey: string,
): { stripe: Stripe; calls: RecordedCall[] } {
  const calls: RecordedCall[] = []
  const recordingFetch: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const url = new URL(input instanceof Request ? input.url : input)
    const method = init?.method ?? 'GET'
    calls.push({
      method,
      path: url.pathname,
      form: method === 'POST' ? String(init?.body ?? '') : url.search.slice(1),
      status: response.status,
      answer: await response.clone().json(),
    })
    return response
  }
  const stripe = new Stripe(secretKey, {
    host,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(recordingFetch),
  })
  return { stripe, calls }
}
