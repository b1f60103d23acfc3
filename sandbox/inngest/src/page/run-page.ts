import type { Exchange } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import { parseJson } from '../protocol/canonical-json.ts'
import { readError } from '../protocol/parse-reply.ts'
import type { Call } from '../store/calls.ts'
import type { Job } from '../store/jobs.ts'
import type { Run } from '../store/runs.ts'
import type { Step } from '../store/steps.ts'
import { type Html, html } from './html.ts'
import { indented, moment, sendPage, span } from './layout.ts'

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
${toCome(store.jobs.ofRun(id))}
<h2>Calls to the app</h2>${callTable(store.calls.ofRun(id), run.startedAt)}
<h2>Finished steps</h2>${stepList(store.steps.ofRun(id), run.startedAt)}
${ending(run)}
<h2>Event</h2><pre>${event ? indented(event.payload) : 'trimmed'}</pre>`,
  )
}

function ending(run: Run): Html | undefined {
  if (run.output === null) return undefined
  if (run.status !== 'Failed') return html`<h2>Output</h2><pre>${indented(run.output)}</pre>`
  const error = readError(parseJson(run.output), 'Error')
  return html`<h2>Error</h2><pre>${error.stack || `${error.name}: ${error.message}`}</pre>`
}

function toCome(jobs: Job[]): Html | undefined {
  if (jobs.length === 0) return undefined
  return html`<h2>To come</h2><div class="scroll"><table><thead><tr><th>What</th><th>Step</th><th>Attempt</th>
<th>Due (UTC)</th></tr></thead><tbody>${jobs.map(
    (
      job,
    ) => html`<tr><td>${job.kind === 'sleep' ? 'wakes' : 'is called'}</td><td>${job.name || 'function'}</td>
<td>${job.attempt + 1}</td><td class="mono">${moment(job.dueAt)}</td></tr>`,
  )}</tbody></table></div>`
}

function callTable(calls: Call[], startedAt: number): Html {
  if (calls.length === 0) return html`<div class="scroll empty">None yet.</div>`
  return html`<div class="scroll"><table><thead><tr><th>After</th><th>Took</th><th>Step</th><th>Attempt</th><th>HTTP</th>
<th>Outcome</th></tr></thead><tbody>${calls.map(
    (
      call,
    ) => html`<tr><td>${span(call.startedAt - startedAt)}</td><td>${span(call.endedAt - call.startedAt)}</td>
<td>${call.stepName || 'function'}</td><td>${call.attempt + 1}</td><td>${call.httpStatus ?? 'none'}</td>
<td class="wide">${call.outcome}${
      call.detail === null
        ? undefined
        : html`<details><summary>${call.detail.split('\n')[0] ?? ''}</summary><pre>${call.detail}</pre></details>`
    }</td></tr>`,
  )}</tbody></table></div>`
}

function stepList(steps: Step[], startedAt: number): Html {
  if (steps.length === 0) return html`<div class="scroll empty">None yet.</div>`
  return html`<div class="scroll"><table><thead><tr><th>Step</th><th>Kind</th><th>After</th><th>Result</th></tr></thead>
<tbody>${steps.map(
    (step) => html`<tr><td>${step.name}</td><td>${step.op}</td><td>${span(step.finishedAt - startedAt)}</td>
<td class="wide"><details><summary class="mono">${step.memo.slice(0, 120)}</summary><pre>${indented(step.memo)}</pre>
</details></td></tr>`,
  )}</tbody></table></div>`
}
