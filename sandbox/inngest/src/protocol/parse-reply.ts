import {
  isJsonObject,
  type Json,
  type JsonObject,
  objectMember,
  parseJson,
  textMember,
} from './canonical-json.ts'

/** What came back from an app, or why nothing did. */
export type RawReply =
  | { kind: 'reply'; status: number; headers: Record<string, string | undefined>; body: string }
  | { kind: 'failure'; message: string }

/** An error as the SDK writes it and as memos and `inngest/function.failed` carry it. */
export type RunError = { error: string; name: string; message: string; stack: string; cause?: Json }

/** One thing the SDK reports or asks for. */
export type Operation = {
  id: string
  op: string
  /** The event, duration or function the operation is about. */
  name: string
  /** What its author called it. */
  displayName: string
  /** What it was asked with: the time-out of a wait, the function to invoke. */
  options: JsonObject
  data: Json
  error: RunError | undefined
}

/** What a reply means. */
export type Reply =
  | { kind: 'finished'; output: Json }
  | { kind: 'operations'; operations: Operation[]; retryAfter: string | undefined; noRetry: boolean }
  | {
      kind: 'failed'
      error: RunError
      /** What the failed run shows as its output: the app's very words; undefined when there were none. */
      output: Json | undefined
      /** For people, where the error itself does not say it. */
      reason?: string
      retryAfter: string | undefined
      noRetry: boolean
    }

/** Reads one reply by its status, its headers and its body. Never throws: what can't be read is a failed attempt. */
export function parseReply(raw: RawReply): Reply {
  if (raw.kind === 'failure') return failed(plainError(raw.message))
  const { status, headers, body } = raw
  const retryAfter = headers['retry-after']
  const noRetry = headers['x-inngest-no-retry'] === 'true'
  if (headers['x-inngest-sdk'] === undefined) {
    return status >= 400 ? failedBeforeSdk(status) : failedWithoutSdk(body)
  }
  if (status === 200) return { kind: 'finished', output: lenientJson(body) }
  if (status === 206) return parseOperations(body, retryAfter, noRetry)
  const output = body === '' ? undefined : lenientJson(body)
  const error = readError(output ?? null, noRetry ? 'NonRetriableError' : `invalid status code: ${status}`)
  return { kind: 'failed', error, output, retryAfter, noRetry }
}

/** Something else than the SDK answered with an error: a proxy, or the app's own error page. */
function failedBeforeSdk(status: number): Reply {
  const message = `Your server returned HTTP ${status} before the SDK responded.`
  const name = 'Server returned a fatal error'
  const stack = 'Nothing of the function is known to have run: what answered is not the SDK.'
  const output = { error: message, message, name, stack }
  return { ...failed({ error: message, name, message, stack }), output }
}

/** Something else than the SDK says that all is well. */
function failedWithoutSdk(body: string): Reply & { kind: 'failed' } {
  const reason = 'The response did not come from an Inngest SDK'
  const output = body === '' ? undefined : lenientJson(body)
  const message = typeof output === 'string' ? output : reason
  return { ...failed({ ...plainError(message), error: reason }), output: output ?? reason, reason }
}

function parseOperations(body: string, retryAfter: string | undefined, noRetry: boolean): Reply {
  const items = lenientJson(body)
  if (!Array.isArray(items)) return failed(plainError('The SDK replied with 206 but without a list of steps'))
  const operations: Operation[] = []
  for (const item of items) {
    const operation = isJsonObject(item) ? parseOperation(item) : undefined
    if (!operation) return failed(plainError('The SDK replied with 206 and a step without "id" and "op"'))
    operations.push(operation)
  }
  return { kind: 'operations', operations, retryAfter, noRetry }
}

function parseOperation(item: JsonObject): Operation | undefined {
  const id = textMember(item, 'id')
  const op = textMember(item, 'op')
  if (!id || !op) return undefined
  const name = textMember(item, 'name') ?? ''
  const userland = isJsonObject(item.userland) ? textMember(item.userland, 'id') : undefined
  return {
    id,
    op,
    name,
    displayName: textMember(item, 'displayName') ?? userland ?? name,
    options: objectMember(item, 'opts'),
    data: item.data ?? null,
    error: item.error === undefined ? undefined : readError(item.error, 'Error'),
  }
}

/** An error out of whatever the SDK sent; `kind` becomes its `error` member. */
export function readError(value: Json, kind: string): RunError {
  if (!isJsonObject(value)) {
    const message = typeof value === 'string' && value !== '' ? value : kind
    return { error: kind, name: 'Error', message, stack: '' }
  }
  return {
    error: kind,
    name: textMember(value, 'name') ?? 'Error',
    message: textMember(value, 'message') ?? textMember(value, 'error') ?? kind,
    stack: textMember(value, 'stack') ?? '',
    ...(value.cause === undefined ? {} : { cause: value.cause }),
  }
}

/** An error of the server's own making. */
export function plainError(message: string, name = 'Error'): RunError {
  return { error: message, name, message, stack: '' }
}

function failed(error: RunError): Reply & { kind: 'failed' } {
  return { kind: 'failed', error, output: undefined, retryAfter: undefined, noRetry: false }
}

/** The value of a body; text that is no JSON is a value too, and an empty body is null. */
function lenientJson(body: string): Json {
  if (body === '') return null
  try {
    return parseJson(body)
  } catch {
    return body
  }
}

const longestRetryMs = 24 * 3_600_000

/** When a `retry-after` header (seconds or a date) allows the next attempt, in a day at most; undefined when it says nothing. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header === '') return undefined
  if (/^\d+(\.\d+)?$/.test(header)) return now + Math.min(Number(header) * 1000, longestRetryMs)
  const date = Date.parse(header)
  return Number.isFinite(date) ? Math.min(Math.max(date, now), now + longestRetryMs) : undefined
}
