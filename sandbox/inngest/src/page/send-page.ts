import type { Exchange } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import { isJsonObject, parseJson } from '../protocol/canonical-json.ts'
import { html } from './html.ts'
import { sendPage, tokenField } from './layout.ts'

/** `GET /send`: a form for a test event; `?like=` fills it with an earlier one. */
export function getSendPage(routes: Routes, exchange: Exchange): void {
  const like = routes.context.store.events.find(exchange.query.get('like') ?? '')
  const payload = like ? parseJson(like.payload) : {}
  const data = isJsonObject(payload) ? (payload.data ?? {}) : {}
  sendFormPage(routes, exchange, { name: like?.name ?? '', data: JSON.stringify(data, null, 2) })
}

/** The form, with what was wrong when it was sent before. */
export function sendFormPage(
  routes: Routes,
  exchange: Exchange,
  { name, data, error }: { name: string; data: string; error?: string },
): void {
  const names = new Set(
    routes.context.registry
      .active()
      .flatMap(({ config }) =>
        config.triggers.flatMap((trigger) => ('event' in trigger ? [trigger.event] : [])),
      ),
  )
  sendPage(
    routes,
    exchange,
    error === undefined ? 200 : 400,
    'Send a test event',
    html`<nav><a href="/">All runs and events</a></nav><h1>Send a test event</h1>
${error === undefined ? undefined : html`<p class="Failed" role="alert">Not sent: ${error}</p>`}
<form method="post" action="/send" class="tall">${tokenField(routes)}
<label>Name<input name="name" required value="${name}" list="names" autocomplete="off"></label>
<datalist id="names">${[...names].map((known) => html`<option value="${known}"></option>`)}</datalist>
<label>Data, as JSON<textarea name="data" rows="12" spellcheck="false">${data}</textarea></label>
<button>Send</button></form>`,
  )
}
