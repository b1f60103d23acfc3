import {
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  NestingError,
  parseJson,
} from './canonical-json.ts'

export const maximumEventBytes = 3_145_728
export const maximumEventsPerRequest = 5000

const earliestTime = Date.UTC(1980, 0, 1)
const latestTime = Date.UTC(2100, 0, 1)

/** One valid event as its sender wrote it; what the sender left out is undefined. */
export type IncomingEvent = {
  name: string
  data: JsonObject
  user: JsonObject
  /** The sender's own id: the key by which repeats are recognised. */
  id: string | undefined
  /** Milliseconds since 1970. In the future: runs start then. */
  ts: number | undefined
  version: string | undefined
}

/** The events of a request up to the first bad one, and what is wrong with that one. */
export type ParsedEvents = { events: IncomingEvent[]; error: string | undefined }

/**
 * Reads the body of `POST /e/<key>`: one event or an array. As on the real server, the events before a bad one are
 * accepted although the request as a whole is answered with 400.
 */
export function parseEvents(body: string): ParsedEvents {
  const text = body.trim()
  if (text === '') return { events: [], error: undefined }
  if (!text.startsWith('{') && !text.startsWith('[')) return { events: [], error: wrongBody }
  let value: Json
  try {
    value = parseJson(body)
  } catch (error) {
    return { events: [], error: describeSyntaxError(error) }
  }
  if (!isJsonObject(value) && !Array.isArray(value)) {
    return { events: [], error: wrongBody }
  }
  const events: IncomingEvent[] = []
  for (const item of Array.isArray(value) ? value : [value]) {
    if (events.length === maximumEventsPerRequest) {
      return { events, error: `Cannot have more than ${maximumEventsPerRequest} events in a batch` }
    }
    const event = parseEvent(item)
    if (typeof event === 'string') return { events, error: event }
    events.push(event)
  }
  return { events, error: undefined }
}

/** The event, or what is wrong with it. */
function parseEvent(value: Json): IncomingEvent | string {
  if (value === null) return 'event name is empty'
  if (!isJsonObject(value)) return wrongType(value, 'value of type event.raw')
  const { name, data = null, user = null, id = null, ts = null, v = null } = value
  if (name === undefined || name === null || name === '') return 'event name is empty'
  if (typeof name !== 'string') return wrongMember('name', name, 'string')
  if (/^inngest\//i.test(name)) return `event name is reserved for internal use: ${name}`
  if (data !== null && !isJsonObject(data)) return wrongMember('data', data, 'map[string]interface {}')
  if (user !== null && !isJsonObject(user)) return wrongMember('user', user, 'map[string]interface {}')
  if (id !== null && typeof id !== 'string') return wrongMember('id', id, 'string')
  if (v !== null && typeof v !== 'string') return wrongMember('v', v, 'string')
  if (ts !== null && !Number.isSafeInteger(ts)) return wrongMember('ts', ts, 'int64')
  const time = typeof ts === 'number' && ts !== 0 ? ts : undefined
  if (time !== undefined && time < earliestTime) return 'timestamp is before Jan 1, 1980'
  if (time !== undefined && time > latestTime) return 'timestamp is after Jan 1, 2100'
  const size = measure(value)
  if (typeof size === 'string') return size
  if (size > maximumEventBytes) {
    return `Event is over the max size: Max ${maximumEventBytes} bytes / Size ${size} bytes`
  }
  return { name, data: data ?? {}, user: user ?? {}, id: id || undefined, ts: time, version: v ?? undefined }
}

/** The reasons are the real server's, so that a script that looks for them finds them. */
const wrongBody = 'Request body must contain an event object or an array of event objects'

function wrongMember(name: string, value: Json, wanted: string): string {
  return wrongType(value, `struct field raw.${name} of type ${wanted}`)
}

function wrongType(value: Json, place: string): string {
  const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  // Of a number where a whole one is wanted, it says which.
  const literal = typeof value === 'number' && place.endsWith('int64') ? ` ${value}` : ''
  return `json: cannot unmarshal ${type}${literal} into Go ${place}`
}

function measure(value: JsonObject): number | string {
  try {
    return Buffer.byteLength(canonicalJson(value))
  } catch (error) {
    if (error instanceof NestingError) return error.message
    throw error
  }
}

function describeSyntaxError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  // The real server's wording for cut-off text, which scripts may look for.
  return /^(Unexpected end|Unterminated|Expected .* after)/.test(message)
    ? 'unexpected end of JSON input'
    : `invalid JSON: ${message}`
}
