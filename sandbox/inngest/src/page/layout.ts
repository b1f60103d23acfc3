import { type Exchange, send } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import { type Html, html, Html as Markup } from './html.ts'

const style = new Markup(`<style>
:root { color-scheme: light dark; --paper: #f2f2f2; --panel: #fff; --ink: #222; --soft: #666; --line: #ccc;
  --stand-in: #222; --stand-in-ink: #fff; --good: #1c6b34; --bad: #a3201f; --going: #7a5200; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1b1b; --panel: #242424; --ink: #ddd; --soft: #999;
  --line: #444; --stand-in: #ddd; --stand-in-ink: #111; --good: #74c98c; --bad: #f08a85; --going: #e2b45a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 13px/1.45 system-ui, sans-serif; }
header { background: var(--stand-in); color: var(--stand-in-ink); padding: 8px 16px; display: flex; flex-wrap: wrap;
  gap: 4px 16px; align-items: baseline; }
header strong { font-size: 15px; letter-spacing: .12em; text-transform: uppercase; }
main { padding: 12px 16px 40px; max-width: 1280px; margin: 0 auto; }
h1 { font-size: 17px; margin: 8px 0; overflow-wrap: anywhere; } h2 { font-size: 14px; margin: 20px 0 6px; }
a { color: inherit; } a:focus-visible, select:focus-visible, button:focus-visible, summary:focus-visible,
  input:focus-visible, textarea:focus-visible {
  outline: 2px solid var(--going); outline-offset: 2px; }
.scroll { overflow-x: auto; background: var(--panel); border: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 3px 8px; vertical-align: top;
  border-bottom: 1px solid var(--line); white-space: nowrap; } tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-weight: 600; } td.wide { white-space: normal; min-width: 16em; overflow-wrap: anywhere; }
code, pre, .mono { font-family: ui-monospace, monospace; font-size: 12px; }
pre { background: var(--panel); border: 1px solid var(--line); padding: 8px; margin: 4px 0; overflow: auto;
  max-height: 28em; white-space: pre-wrap; overflow-wrap: anywhere; }
.soft { color: var(--soft); } .Completed { color: var(--good); } .Failed { color: var(--bad); }
.Running { color: var(--going); } .Cancelled { color: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin: 8px 0; } label { display: grid; gap: 2px; }
select, button, input, textarea { font: inherit; padding: 3px 6px; max-width: 100%; } textarea { font-family:
  ui-monospace, monospace; font-size: 12px; } form.tall { display: grid; max-width: 640px; }
.actions { display: flex; gap: 8px; } .actions form { margin: 0; }
.track { position: relative; min-width: 160px; width: 30vw; max-width: 420px; height: 12px; background: var(--paper);
  margin-top: 3px; } .bar { position: absolute; top: 0; bottom: 0; min-width: 2px; background: var(--soft); }
.bar.good { background: var(--good); } .bar.bad { background: var(--bad); } .bar.going { background: var(--going); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 8px 0; } dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; } .empty { padding: 12px; color: var(--soft); }
nav { margin: 8px 0; display: flex; gap: 16px; }
@media (max-width: 640px) { thead { display: none; } tr { display: flex; flex-wrap: wrap; gap: 0 12px; padding: 5px 8px;
  border-bottom: 1px solid var(--line); } tr:last-child { border-bottom: 0; } td, td.wide { padding: 0; border-bottom: 0;
  white-space: normal; overflow-wrap: anywhere; min-width: 0; } td.wide, td.line { flex: 0 0 100%; }
  td[data-name]::before { content: attr(data-name) ' '; color: var(--soft); } td:empty { display: none; }
  .track { width: 100%; max-width: none; } }
</style>`)

/** Sends a page in the server's one frame, which says on every page that this is not the real Inngest. */
export function sendPage(
  routes: Routes,
  exchange: Exchange,
  status: number,
  title: string,
  content: Html,
): void {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Inngest stand-in</title>${style}</head><body>
<header><strong>Stand-in</strong><span>for an Inngest server (${routes.mode} mode). Local use only: not Inngest, never
deployed.</span></header><main>${content}</main></body></html>`
  const { response } = exchange
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
  )
  response.setHeader('cache-control', 'no-store')
  send(exchange, status, 'text/html; charset=utf-8', page.markup)
}

/** Goes into every form, so that the server knows it for its own. */
export function tokenField(routes: Routes): Html {
  return html`<input type="hidden" name="token" value="${routes.formToken}">`
}

/** A time for people, in UTC. */
export function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '')
}

/** A length of time for people. */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`
  if (milliseconds < 120_000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${Math.round(milliseconds / 60_000)} min`
}

/** JSON text, indented; text that is no JSON as it is. */
export function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
