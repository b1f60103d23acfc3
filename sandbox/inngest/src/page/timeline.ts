import type { Call } from '../store/calls.ts'
import type { Job, JobKind } from '../store/jobs.ts'
import { wholeFunction } from '../store/jobs.ts'
import type { Run } from '../store/runs.ts'
import type { Step } from '../store/steps.ts'
import { type Html, html } from './html.ts'
import { indented, moment, span } from './layout.ts'
import { textBlock } from './text-block.ts'

/** One step of a run, finished or not, with what is known of it. */
type Row = {
  name: string
  kind: string
  state: 'good' | 'bad' | 'going'
  startedAt: number
  endedAt: number
  input: string | null
  output: string | null
  attempts: Call[]
  note: string | undefined
}

export type TimelineInput = { run: Run; steps: Step[]; jobs: Job[]; calls: Call[]; now: number }

/** A run's steps over time: when each was under way, its attempts, what went in and what came out. */
export function timeline(input: TimelineInput): Html {
  const rows = rowsOf(input)
  if (rows.length === 0) return html`<div class="scroll empty">Nothing yet.</div>`
  const { run, now } = input
  const end = Math.max(run.endedAt ?? now, ...rows.map(({ endedAt }) => endedAt))
  const share = (milliseconds: number) =>
    ((100 * Math.max(milliseconds, 0)) / Math.max(end - run.startedAt, 1)).toFixed(2)
  return html`<div class="scroll"><table><thead><tr><th>Step</th><th>Kind</th><th>Attempts</th><th>When</th><th>Took</th>
<th>Input, attempts, output</th></tr></thead><tbody>${rows.map(
    (
      row,
    ) => html`<tr><td>${row.name}</td><td>${row.kind}</td><td data-name="attempts">${row.attempts.length || ''}</td>
<td class="line"><div class="track"><div class="bar ${row.state}" style="left:${share(row.startedAt - run.startedAt)}%;width:${share(
      row.endedAt - row.startedAt,
    )}%"></div></div></td>
<td data-name="took">${span(row.endedAt - row.startedAt)}</td><td class="wide">${details(row)}</td></tr>`,
  )}</tbody></table></div>`
}

function details({ input, output, attempts, note, state }: Row): Html {
  return html`${note}${input === null ? undefined : fold('input', input)}${attempts
    .filter(({ detail }) => detail !== null)
    .map((call) => fold(`attempt ${call.attempt + 1}: ${call.outcome}`, call.detail ?? ''))}${
    output === null ? undefined : fold(state === 'bad' ? 'error' : 'output', output)
  }`
}

function fold(title: string, text: string): Html {
  return html`<details><summary>${title} <span class="mono soft">${text.slice(0, 80)}</span></summary>
${textBlock(title, indented(text))}</details>`
}

function rowsOf({ run, steps, jobs, calls, now }: TimelineInput): Row[] {
  const known = new Set([...steps.map(({ id }) => id), ...jobs.map(({ target }) => target)])
  const rows = [
    ...steps.map((step) => finishedRow(step, calls)),
    ...jobs.filter(({ target }) => target !== wholeFunction).map((job) => pendingRow(job, calls, now)),
    ...failingRows(calls, known, now),
  ]
  const own = calls.filter(({ stepIds, target }) => stepIds === '' && target === wholeFunction)
  const [first] = own
  if (first) {
    const waiting = jobs.find(({ target }) => target === wholeFunction)
    rows.push({
      name: 'function',
      kind: 'end',
      state: run.status === 'Completed' ? 'good' : run.status === 'Running' ? 'going' : 'bad',
      startedAt: first.startedAt,
      endedAt: run.endedAt ?? now,
      input: null,
      output: null,
      attempts: own,
      note: waiting ? `due ${moment(waiting.dueAt)}` : undefined,
    })
  }
  return rows.sort((one, other) => one.startedAt - other.startedAt)
}

function finishedRow(step: Step, calls: Call[]): Row {
  const attempts = timed.has(step.op) ? [] : attemptsOf(step.id, calls)
  const failed = step.memo.startsWith('{"error":')
  return {
    name: step.name,
    kind: kinds[step.op] ?? step.op,
    state: failed ? 'bad' : 'good',
    startedAt: attempts[0]?.startedAt ?? step.startedAt ?? step.finishedAt,
    endedAt: step.finishedAt,
    input: step.input,
    output: step.memo,
    attempts,
    note: undefined,
  }
}

function pendingRow(job: Job, calls: Call[], now: number): Row {
  return {
    name: job.name,
    kind: pendingKinds[job.kind],
    state: 'going',
    startedAt: job.createdAt,
    endedAt: now,
    input: job.input,
    output: null,
    attempts: job.kind === 'call' ? attemptsOf(job.target, calls) : [],
    note: `due ${moment(job.dueAt)}`,
  }
}

/** Steps that failed so far, and are tried again with the function. */
function failingRows(calls: Call[], known: Set<string>, now: number): Row[] {
  const ids = new Set(calls.map(({ stepIds }) => stepIds).filter((id) => id !== '' && !id.includes(' ')))
  return [...ids]
    .filter((id) => !known.has(id))
    .map((id): Row => {
      const attempts = attemptsOf(id, calls)
      return {
        name: attempts[0]?.stepName ?? id,
        kind: 'run',
        state: 'bad',
        startedAt: attempts[0]?.startedAt ?? now,
        endedAt: attempts.at(-1)?.endedAt ?? now,
        input: null,
        output: null,
        attempts,
        note: undefined,
      }
    })
}

function attemptsOf(id: string, calls: Call[]): Call[] {
  return calls.filter(
    ({ target, stepIds, outcome }) => target === id || (stepIds === id && !plans.has(outcome)),
  )
}

/** Calls that only told of a step. */
const plans = new Set(['step planned', 'asked for already'])

/** Steps that the server itself ends: the call that asked for them is no attempt. */
const timed = new Set(['Sleep', 'WaitForEvent', 'InvokeFunction'])

const kinds: Record<string, string> = {
  StepRun: 'run',
  StepError: 'run',
  StepFailed: 'run',
  Sleep: 'sleep',
  WaitForEvent: 'wait',
  InvokeFunction: 'invoke',
}

const pendingKinds: Record<JobKind, string> = {
  call: 'run',
  sleep: 'sleep',
  wait: 'wait',
  invoke: 'invoke',
  start: 'start',
  debounce: 'debounce',
}
