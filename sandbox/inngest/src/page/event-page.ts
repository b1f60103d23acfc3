import type { Exchange } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import { html } from './html.ts'
import { indented, moment, sendPage } from './layout.ts'
import { runTable } from './overview-page.ts'
import { textBlock } from './text-block.ts'

/** `GET /events/{id}`: one event, its payload and the runs it started. */
export function getEventPage(routes: Routes, exchange: Exchange, id: string): void {
  const { store } = routes.context
  const event = store.events.find(id)
  if (!event) {
    const content = html`<h1>No such event</h1><p>It may have been trimmed. <a href="/">All runs and events</a></p>`
    sendPage(routes, exchange, 404, 'No such event', content)
    return
  }
  sendPage(
    routes,
    exchange,
    200,
    event.name,
    html`<nav><a href="/">All runs and events</a></nav><h1>${event.name}</h1>
<dl><dt>Event</dt><dd class="mono">${event.id}</dd><dt>Received</dt><dd class="mono">${moment(event.receivedAt)}</dd></dl>
${event.internal ? undefined : html`<p><a href="/send?like=${event.id}">Send another like it</a></p>`}
<h2>Runs it started</h2>${runTable(store.runs.ofEvent(id))}
<h2>Payload</h2>${textBlock('Payload', indented(event.payload))}`,
  )
}
