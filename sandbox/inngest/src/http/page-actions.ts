import { timingSafeEqual } from 'node:crypto'
import type { NewEvent } from '../executor/context.ts'
import { cancelRun, rerun } from '../executor/manage-runs.ts'
import { sendFormPage } from '../page/send-page.ts'
import { parseEvents } from '../protocol/parse-events.ts'
import { newUlid } from '../protocol/ulid.ts'
import { type Exchange, RequestError, redirect } from './exchange.ts'
import type { Routes } from './routes.ts'

/** `POST /runs/{id}/rerun`: shows the new run. */
export async function postRerun(routes: Routes, exchange: Exchange, id: string): Promise<void> {
  await readForm(routes, exchange)
  const run = routes.context.store.runs.find(id)
  if (!run) throw new RequestError(404, 'There is no such run; it may have been trimmed')
  const newId = await rerun(routes.context, run)
  if (newId === undefined) {
    throw new RequestError(409, `No app has the function "${run.functionId}" any more; start the app first`)
  }
  redirect(exchange, `/runs/${newId}`)
}

/** `POST /runs/{id}/cancel`: shows the run; one that is over stays as it is. */
export async function postCancel(routes: Routes, exchange: Exchange, id: string): Promise<void> {
  await readForm(routes, exchange)
  if (!routes.context.store.runs.find(id)) throw new RequestError(404, 'There is no such run')
  await cancelRun(routes.context, id)
  redirect(exchange, `/runs/${encodeURIComponent(id)}`)
}

/** `POST /send`: sends a test event and shows it with what it started. */
export async function postTestEvent(routes: Routes, exchange: Exchange): Promise<void> {
  const form = await readForm(routes, exchange)
  const name = form.get('name') ?? ''
  const data = form.get('data') ?? ''
  const { events, error } = parseEvents(`{"name":${JSON.stringify(name)},"data":${data.trim() || '{}'}}`)
  const [event] = events
  if (!event || error !== undefined) {
    sendFormPage(routes, exchange, { name, data, error: error ?? 'The event is not understood' })
    return
  }
  const { id: callerId, ...rest } = event
  const { context } = routes
  const accepted: NewEvent = { ...rest, id: newUlid(context.clock.now()), callerId, internal: false }
  await context.store.transactions.run((transaction) => context.accept(transaction, [accepted]))
  redirect(exchange, `/events/${accepted.id}`)
}

/**
 * The fields of a form of one of our own pages.
 *
 * @throws RequestError 403 for a form that none of our pages made: another site can send forms, but does not know the
 * token, which a page of another site can't read
 */
async function readForm(routes: Routes, exchange: Exchange): Promise<URLSearchParams> {
  if (exchange.method !== 'POST') throw new RequestError(405, 'Use the button on the page')
  const form = new URLSearchParams(await exchange.body())
  if (isSame(form.get('token') ?? '', routes.formToken)) return form
  throw new RequestError(
    403,
    'The form is not of this server, or the server was restarted: load the page again',
  )
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
