import type { Exchange } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import { parseJson } from '../protocol/canonical-json.ts'
import { readError } from '../protocol/parse-reply.ts'
import type { Call } from '../store/calls.ts'
import type { Job, JobKind } from '../store/jobs.ts'
import type { Run } from '../store/runs.ts'
import { type Html, html } from './html.ts'
import { indented, moment, sendPage, span, tokenField } from './layout.ts'
import { textBlock } from './text-block.ts'
import { timeline } from './timeline.ts'

/** `GET /runs/{id}`: one run with its calls, steps, what is to come, its output and its event. */
export function getRunPage(routes: Routes, exchange: Exchange, id: string): void {
  const { store, clock } = routes.context
  const run = store.runs.find(id)
  if (!run) {
    const content = html`<h1>No such run</h1><p>It may have been trimmed. <a href="/">All runs and events</a></p>`
    sendPage(routes, exchange, 404, 'No such run', content)
    return
  }
  const event = store.events.find(run.eventId)
  const [steps, jobs, calls] = [store.steps.ofRun(id), store.jobs.ofRun(id), store.calls.ofRun(id)]
  sendPage(
    routes,
    exchange,
    200,
    run.functionId,
    html`<nav><a href="/">All runs and events</a></nav><h1>${run.functionId}</h1>
<dl><dt>Status</dt><dd class="${run.status}">${run.status}</dd><dt>Run</dt><dd class="mono">${run.id}</dd>
<dt>Started</dt><dd class="mono">${moment(run.startedAt)}</dd>
<dt>${run.endedAt === null ? 'Going on for' : 'Took'}</dt><dd>${span((run.endedAt ?? clock.now()) - run.startedAt)}</dd>
<dt>Event</dt><dd><a class="mono" href="/events/${run.eventId}">${event?.name ?? run.eventId}</a></dd></dl>
${actions(routes, run)}
<h2>Timeline</h2>${timeline({ run, steps, jobs, calls, now: clock.now() })}
${ending(run)}
${toCome(jobs)}
<h2>Calls to the app</h2>${callTable(calls, run.startedAt)}
<h2>Event</h2>${textBlock('Event', event ? indented(event.payload) : 'trimmed')}`,
  )
}

function actions(routes: Routes, run: Run): Html {
  const button = (action: string, label: string) =>
    html`<form method="post" action="/runs/${run.id}/${action}">${tokenField(routes)}<button>${label}</button></form>`
  return html`<div class="actions">${button('rerun', 'Run again')}${
    run.status === 'Running' ? button('cancel', 'Cancel') : undefined
  }</div>`
}

function ending(run: Run): Html | undefined {
  if (run.output === null) return undefined
  if (run.status !== 'Failed') return html`<h2>Output</h2>${textBlock('Output', indented(run.output))}`
  const error = readError(parseJson(run.output), 'Error')
  return html`<h2>Error</h2>${textBlock('Error', error.stack || `${error.name}: ${error.message}`)}`
}

const toComeWords: Record<JobKind, string> = {
  call: 'is called',
  sleep: 'wakes',
  wait: 'stops waiting',
  invoke: 'stops waiting',
  start: 'may start',
  debounce: 'starts',
}

function toCome(jobs: Job[]): Html | undefined {
  if (jobs.length === 0) return undefined
  return html`<h2>To come</h2><div class="scroll"><table><thead><tr><th>What</th><th>Step</th><th>Attempt</th>
<th>Due (UTC)</th></tr></thead><tbody>${jobs.map(
    (job) => html`<tr><td>${toComeWords[job.kind]}</td><td>${job.name || 'function'}</td>
<td data-name="attempt">${job.attempt + 1}</td><td class="mono" data-name="due">${moment(job.dueAt)}</td></tr>`,
  )}</tbody></table></div>`
}

function callTable(calls: Call[], startedAt: number): Html {
  if (calls.length === 0) return html`<div class="scroll empty">None yet.</div>`
  return html`<div class="scroll"><table><thead><tr><th>After</th><th>Took</th><th>Step</th><th>Attempt</th><th>HTTP</th>
<th>Outcome</th></tr></thead><tbody>${calls.map(
    (
      call,
    ) => html`<tr><td data-name="after">${span(call.startedAt - startedAt)}</td><td data-name="took">${span(call.endedAt - call.startedAt)}</td>
<td>${call.stepName || 'function'}</td><td data-name="attempt">${call.attempt + 1}</td><td data-name="HTTP">${call.httpStatus ?? 'none'}</td>
<td class="wide">${call.outcome}${
      call.detail === null
        ? undefined
        : html`<details><summary>${call.detail.split('\n')[0] ?? ''}</summary>${textBlock(`What came back from ${call.stepName || 'the function'}, attempt ${call.attempt + 1}`, call.detail)}</details>`
    }</td></tr>`,
  )}</tbody></table></div>`
}
