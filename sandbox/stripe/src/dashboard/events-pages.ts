import type { Event } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { html, type Markup } from '../ui/html.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'
import { attemptsOf, type Delivery, deliveriesOfEvent, recentDeliveries } from '../webhooks/delivery-store.ts'
import { renderBadge, renderDashboard, renderOlder, renderTable, renderTime } from './frame.ts'

const PAGE_SIZE = 50

/** The events of an account, newest first. */
export function renderEvents(scope: Scope, request: PageRequest): PageAnswer {
  const before = request.url.searchParams.get('before')
  const { data, hasMore } = scope.objects.page('event', {
    limit: PAGE_SIZE,
    ...(before === null ? {} : { startingAfter: before }),
  })
  const base = `/dashboard/${scope.account.key}`
  const last = data.at(-1)
  return renderDashboard(scope, {
    title: 'Events',
    tab: 'events',
    request,
    body: html`<h1>Events</h1>
${renderTable({
  caption: 'Events, newest first',
  head: ['Event', 'About', 'Id', 'Time (UTC)'],
  rows: data.map(
    (event) => html`<tr><td><a href="${base}/events/${event.id}">${event.type}</a></td>
<td class="mono">${subjectOf(event)}</td><td class="mono">${event.id}</td><td>${renderTime(event.created)}</td></tr>`,
  ),
  empty: 'No events yet.',
})}
${renderOlder(hasMore && last !== undefined ? `${base}/events?before=${last.id}` : null)}`,
  })
}

function subjectOf(event: Event): string {
  const { object } = event.data
  const id = typeof object === 'object' && object !== null && 'id' in object ? String(object.id) : ''
  return id.length > 30 ? `${id.slice(0, 28)}…` : id
}

/** One event: who got it, and what it says. */
export function renderEvent(scope: Scope, event: Event, request: PageRequest): PageAnswer {
  return renderDashboard(scope, {
    title: event.type,
    tab: 'events',
    request,
    body: html`<h1>${event.type}</h1>
<p class="mono">${event.id} · ${renderTime(event.created)}</p>
<section><h2>Deliveries</h2>${renderDeliveryTable(scope, deliveriesOfEvent(scope.database, scope.account.key, event.id))}</section>
<section><h2>Payload</h2><pre tabindex="0">${JSON.stringify(event, null, 2)}</pre></section>`,
  })
}

/** The webhook endpoints of an account and their newest deliveries. */
export function renderWebhooks(scope: Scope, request: PageRequest): PageAnswer {
  const before = Number(request.url.searchParams.get('before') ?? Number.MAX_SAFE_INTEGER)
  const found = recentDeliveries(scope.database, scope.account.key, {
    limit: PAGE_SIZE + 1,
    ...(Number.isSafeInteger(before) ? { before } : {}),
  })
  const deliveries = found.slice(0, PAGE_SIZE)
  const last = deliveries.at(-1)
  return renderDashboard(scope, {
    title: 'Webhooks',
    tab: 'webhooks',
    request,
    body: html`<h1>Webhooks</h1>
<section><h2>Endpoints</h2>${renderTable({
      caption: 'Endpoints',
      head: ['Address', 'Events', 'Id'],
      rows: scope.endpoints.map(
        ({ url, events, id }) =>
          html`<tr><td class="mono">${url}</td><td class="wide">${events.includes('*') ? 'all' : events.join(', ')}</td><td class="mono">${id}</td></tr>`,
      ),
      empty: 'This account has no webhook endpoint. Endpoints come from the accounts file.',
    })}</section>
<section><h2>Deliveries</h2>${renderDeliveryTable(scope, deliveries)}</section>
${renderOlder(
  found.length > PAGE_SIZE && last !== undefined
    ? `/dashboard/${scope.account.key}/webhooks?before=${last.id}`
    : null,
)}`,
  })
}

function renderDeliveryTable(scope: Scope, deliveries: Delivery[]): Markup {
  const base = `/dashboard/${scope.account.key}`
  return renderTable({
    caption: 'Deliveries, newest first',
    head: ['Event', 'Status', 'Last answer', 'Attempts', 'Since (UTC)', ''],
    rows: deliveries.map((delivery) => {
      const event = scope.objects.find('event', delivery.eventId)
      const [last, ...others] = attemptsOf(scope.database, delivery.id)
      return html`<tr><td><a href="${base}/deliveries/${delivery.id}">${event?.type ?? delivery.eventId}</a></td>
<td>${renderBadge(delivery.status)}</td>
<td class="number">${last === undefined ? 'none yet' : `${last.statusCode ?? 'no answer'}, ${last.durationMs} ms`}</td>
<td class="number">${last === undefined ? 0 : others.length + 1}</td>
<td>${renderTime(Math.floor(delivery.createdAtMs / 1000))}</td>
<td class="actions">${renderResend(base, delivery)}</td></tr>`
    }),
    empty: 'Nothing has been delivered yet.',
  })
}

function renderResend(base: string, delivery: Delivery): Markup {
  return html`<form method="post" action="${base}/deliveries/${delivery.id}/resend"><button>Resend</button></form>`
}

/** One delivery with each of its attempts. */
export function renderDelivery(scope: Scope, delivery: Delivery, request: PageRequest): PageAnswer {
  const base = `/dashboard/${scope.account.key}`
  const event = scope.objects.find('event', delivery.eventId)
  const endpoint = scope.endpoints.find(({ id }) => id === delivery.endpointId)
  return renderDashboard(scope, {
    title: 'Delivery',
    tab: 'webhooks',
    request,
    body: html`<h1>${event?.type} ${renderBadge(delivery.status)}</h1>
<section class="panel stack"><dl class="facts">
<dt>Event</dt><dd><a class="mono" href="${base}/events/${delivery.eventId}">${delivery.eventId}</a></dd>
<dt>To</dt><dd class="mono">${endpoint?.url ?? 'an endpoint that the accounts file no longer has'}</dd>
${
  delivery.nextAttemptAtMs !== null &&
  html`<dt>Next attempt</dt><dd>${renderTime(Math.ceil(delivery.nextAttemptAtMs / 1000))} UTC</dd>`
}</dl>
<div class="buttons">${renderResend(base, delivery)}</div></section>
<section><h2>Attempts</h2>${renderTable({
      caption: 'Attempts, newest first',
      head: ['Answer', 'Took', 'Time (UTC)', 'Body'],
      rows: attemptsOf(scope.database, delivery.id).map(
        (
          attempt,
        ) => html`<tr><td class="number">${attempt.statusCode ?? 'none'}</td><td class="number">${attempt.durationMs} ms</td>
<td>${renderTime(Math.floor(attempt.atMs / 1000))}</td><td class="wide mono">${attempt.response}</td></tr>`,
      ),
      empty: 'No attempt yet.',
    })}</section>`,
  })
}
