import { PermanentSendError, RetryableSendError } from '../errors'

/** Where the peer's Inngest takes events: Inngest Cloud, a self-hosted server or a local one. */
export type EventApi = {
  /** Such as https://inn.gs, without a path. */
  baseUrl: string
  eventKey: string
  /** One HTTP attempt's limit, milliseconds. */
  timeoutMs?: number
  /** HTTP attempts of one send, all with the same event id, so that the server can tell repeats apart. */
  attempts?: number
}

const DEFAULT_TIMEOUT_MS = 5_000
const DEFAULT_ATTEMPTS = 2
const PAUSE_BETWEEN_ATTEMPTS_MS = 100
/** Request timeout, too early, too many requests: worth a repeat although they are 4xx. */
const RETRYABLE_STATUSES = [408, 425, 429]

/**
 * POSTs one event to an Inngest event API.
 *
 * @throws RetryableSendError when it could not be reached, timed out or was overloaded, after all attempts
 * @throws PermanentSendError when it refused (wrong event key, malformed event): the message says what to check
 */
export async function postEvent(
  api: EventApi,
  event: { id: string; name: string; data: Record<string, unknown>; ts: number },
): Promise<void> {
  const attempts = api.attempts ?? DEFAULT_ATTEMPTS
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await postOnce(api, event)
    } catch (error) {
      if (!(error instanceof RetryableSendError) || attempt >= attempts) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_BETWEEN_ATTEMPTS_MS * attempt))
    }
  }
}

async function postOnce(api: EventApi, event: object): Promise<void> {
  const response = await request(api, event)
  // An unread body keeps its connection from being used again.
  await response.text().catch(() => '')
  if (response.status >= 200 && response.status < 300) return
  if (response.status >= 500 || RETRYABLE_STATUSES.indexOf(response.status) !== -1) {
    throw new RetryableSendError(`The peer's event API answered ${response.status}. It is sent again later.`)
  }
  throw new PermanentSendError(
    response.status,
    response.status === 401 || response.status === 403
      ? `The peer's event API answered ${response.status}: check the event key for the peer.`
      : `The peer's event API answered ${response.status}: check its address.`,
  )
}

async function request(api: EventApi, event: object): Promise<Response> {
  const url = `${api.baseUrl.replace(/\/+$/, '')}/e/${encodeURIComponent(api.eventKey)}`
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      // A redirect would carry a signed event somewhere nobody configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(api.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    })
  } catch (cause) {
    // Never the URL: it contains the event key.
    throw new RetryableSendError("The peer's event API could not be reached. It is sent again later.", cause)
  }
}
