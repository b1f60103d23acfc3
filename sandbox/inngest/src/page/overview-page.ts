import { type Exchange, RequestError } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import type { StoredEvent } from '../store/events.ts'
import { type Run, type RunFilter, runStatuses } from '../store/runs.ts'
import { type Html, html } from './html.ts'
import { moment, sendPage, span } from './layout.ts'

const rowsPerPage = 50

type Filter = RunFilter & { beforeRun?: number; beforeEvent?: number }

/** `GET /`: runs and events, newest first. */
export function getOverviewPage(routes: Routes, exchange: Exchange): void {
  const { store } = routes.context
  const filter = readFilter(exchange.query)
  const runs = store.runs.list({
    ...filter,
    ...(filter.beforeRun === undefined ? {} : { beforeSeq: filter.beforeRun }),
    limit: rowsPerPage,
  })
  const events = store.events.list({
    ...(filter.eventName === undefined ? {} : { name: filter.eventName }),
    ...(filter.beforeEvent === undefined ? {} : { beforeSeq: filter.beforeEvent }),
    limit: rowsPerPage,
  })
  sendPage(
    routes,
    exchange,
    200,
    'Runs and events',
    html`<h1>Runs and events</h1>${appList(routes)}
<nav><a href="#runs">Runs</a><a href="#events">Events</a><a href="/send">Send a test event</a></nav><h2 id="runs">Runs</h2>${filterForm(routes, filter)}${runTable(runs)}${olderRuns(filter, runs)}
<h2 id="events">Events</h2>${eventTable(events)}${olderEvents(filter, events)}`,
  )
}

function readFilter(query: URLSearchParams): Filter {
  const status = runStatuses.find((known) => known === query.get('status'))
  const functionId = query.get('function') || undefined
  const eventName = query.get('event') || undefined
  const beforeRun = readNumber(query, 'runs')
  const beforeEvent = readNumber(query, 'events')
  return {
    ...(status === undefined ? {} : { status }),
    ...(functionId === undefined ? {} : { functionId }),
    ...(eventName === undefined ? {} : { eventName }),
    ...(beforeRun === undefined ? {} : { beforeRun }),
    ...(beforeEvent === undefined ? {} : { beforeEvent }),
  }
}

function readNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new RequestError(400, `${name} must be a whole number`)
  return Number(text)
}

function appList(routes: Routes): Html {
  const apps = routes.context.store.functions.apps()
  if (apps.length === 0) {
    return html`<p class="soft">No app has registered yet. Start the server with <code>-u</code> and the app's URL, or
send <code>PUT /api/inngest</code> to the app.</p>`
  }
  const functions = routes.context.registry.active()
  return html`<p>${apps.map(
    (app) =>
      html`<code>${app.name}</code> at <code>${app.url}</code>, ${countOf(
        functions.filter((item) => item.appName === app.name).length,
      )}, <span class="soft">${app.sdk}</span><br>`,
  )}</p>`
}

function countOf(functions: number): string {
  return functions === 1 ? '1 function' : `${functions} functions`
}

function filterForm(routes: Routes, filter: Filter): Html {
  const ids = routes.context.store.functions.functions().map(({ id }) => id)
  const option = (value: string, chosen: string | undefined) =>
    value === chosen ? html`<option selected>${value}</option>` : html`<option>${value}</option>`
  return html`<form><label>Status<select name="status"><option value="">all</option>${runStatuses.map(
    (status) => option(status, filter.status),
  )}</select></label><label>Function<select name="function"><option value="">all</option>${ids.map((id) =>
    option(id, filter.functionId),
  )}</select></label><label>Event<input name="event" value="${filter.eventName ?? ''}" placeholder="all"></label>
<button>Show</button></form>`
}

/** A table of runs, as on the overview and on an event's page. */
export function runTable(runs: Run[]): Html {
  if (runs.length === 0) return html`<div class="scroll empty">No runs.</div>`
  return html`<div class="scroll"><table><thead><tr><th>Status</th><th>Function</th><th>Event</th><th>Started (UTC)</th><th>Took</th>
<th>Run</th></tr></thead><tbody>${runs.map(
    (
      run,
    ) => html`<tr><td class="${run.status}">${run.status}</td><td class="wide"><a href="/runs/${run.id}">${run.functionId}</a></td><td>${run.eventName}</td>
<td class="mono">${moment(run.startedAt)}</td><td data-name="took">${run.endedAt === null ? 'not over' : span(run.endedAt - run.startedAt)}</td>
<td class="mono"><a href="/runs/${run.id}">${run.id}</a></td></tr>`,
  )}</tbody></table></div>`
}

function eventTable(events: StoredEvent[]): Html {
  if (events.length === 0) return html`<div class="scroll empty">No events yet.</div>`
  return html`<div class="scroll"><table><thead><tr><th>Name</th><th>Received (UTC)</th><th>Event</th></tr></thead>
<tbody>${events.map(
    (event) => html`<tr><td class="${event.internal ? 'soft' : ''}">${event.name}</td>
<td class="mono">${moment(event.receivedAt)}</td>
<td class="mono"><a href="/events/${event.id}">${event.id}</a></td></tr>`,
  )}</tbody></table></div>`
}

function olderRuns(filter: Filter, runs: Run[]): Html | undefined {
  return runs.length === rowsPerPage ? older(filter, 'runs', runs.at(-1)?.seq) : undefined
}

function olderEvents(filter: Filter, events: StoredEvent[]): Html | undefined {
  return events.length === rowsPerPage ? older(filter, 'events', events.at(-1)?.seq) : undefined
}

function older(filter: Filter, list: 'runs' | 'events', seq: number | undefined): Html {
  const query = new URLSearchParams()
  if (filter.status !== undefined) query.set('status', filter.status)
  if (filter.functionId !== undefined) query.set('function', filter.functionId)
  if (filter.eventName !== undefined) query.set('event', filter.eventName)
  query.set(list, String(seq ?? 0))
  return html`<nav><a href="/?${query.toString()}">Older ${list}</a></nav>`
}
