import { isJsonObject, type Json, parseJson } from '../protocol/canonical-json.ts'
import { parseDuration } from '../protocol/durations.ts'
import { type Exchange, RequestError, sendJson } from './exchange.ts'
import type { Routes } from './routes.ts'

/** A jump further than this is a slip of the pen. */
const longestJumpMs = 366 * 86_400_000

/**
 * `/dev/clock`: `GET` tells the server's time; `POST` with `{"advance":"3h"}` or `{"to":"2031-01-01T09:00:00Z"}` puts it
 * forward. In `dev` mode only: signatures need the real time.
 */
export async function handleClock(routes: Routes, exchange: Exchange): Promise<void> {
  if (routes.mode !== 'dev') throw new RequestError(403, 'The clock can be put forward in dev mode only')
  const { clock } = routes.context
  if (exchange.method === 'GET') return sendJson(exchange, 200, { now: isoTime(clock.now()) })
  if (exchange.method !== 'POST') throw new RequestError(405, 'Use GET or POST')
  const milliseconds = readJump(await exchange.body(), clock.now())
  const now = await routes.advanceClock(milliseconds)
  routes.log(`the clock was put forward by ${milliseconds} ms, to ${isoTime(now)}`)
  sendJson(exchange, 200, { now: isoTime(now) })
}

function readJump(body: string, now: number): number {
  let value: Json
  try {
    value = parseJson(body)
  } catch {
    throw new RequestError(400, 'The body must be JSON')
  }
  const { advance, to }: { advance?: Json; to?: Json } = isJsonObject(value) ? value : {}
  const duration = typeof advance === 'string' && advance !== '' ? parseDuration(advance) : undefined
  const time = typeof to === 'string' ? Date.parse(to) : Number.NaN
  const milliseconds = duration ?? time - now
  if (milliseconds >= 0 && milliseconds <= longestJumpMs) return Math.round(milliseconds)
  throw new RequestError(
    400,
    'Give "advance" as a duration such as 3h, or "to" as a date that is to come; a year ahead at most',
  )
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
