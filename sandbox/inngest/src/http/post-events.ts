import type { NewEvent } from '../executor/context.ts'
import { parseEvents } from '../protocol/parse-events.ts'
import { newUlid, parseEventIdSeed, seededUlid } from '../protocol/ulid.ts'
import { type Exchange, send } from './exchange.ts'
import type { Routes } from './routes.ts'

/** `POST /e/<key>`: stores the events and the runs they start; answers when all of it is on disk. */
export async function postEvents(routes: Routes, exchange: Exchange, key: string): Promise<void> {
  if (exchange.method !== 'POST') {
    reply(exchange, 405, { status: 405, error: 'Events are sent with POST' })
    return
  }
  if (routes.mode === 'start' && !routes.eventKeys.includes(key)) {
    reply(exchange, 401, { status: 401, message: '', error: 'Event key not found' })
    return
  }
  const { store, clock } = routes.context
  const { events, error } = parseEvents(await exchange.body())
  const seed = parseEventIdSeed(exchange.header('x-inngest-event-id-seed'))
  const accepted = events.map((event, index): NewEvent => {
    const { id: callerId, ...rest } = event
    return { ...rest, id: seed ? seededUlid(seed, index) : newUlid(clock.now()), callerId, internal: false }
  })
  const ids = accepted.length > 0 ? accepted.map(({ id }) => id) : ['']
  if (accepted.length > 0) {
    const stored = store.transactions.run((transaction) => routes.context.accept(transaction, accepted))
    if (!routes.answerBeforeCommit) await stored
  }
  if (error !== undefined) reply(exchange, 400, { ids, status: 400, error })
  else reply(exchange, 200, { ids, status: 200 })
}

/** The real server says `text/plain` although it is JSON; the SDK does not mind. */
function reply(exchange: Exchange, status: number, body: Record<string, string | number | string[]>): void {
  send(exchange, status, 'text/plain; charset=utf-8', JSON.stringify(body))
}
