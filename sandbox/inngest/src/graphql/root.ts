import type { ExecutorContext } from '../executor/context.ts'
import {
  type Json,
  type JsonObject,
  objectMember,
  parseJson,
  textMember,
} from '../protocol/canonical-json.ts'
import { readError } from '../protocol/parse-reply.ts'
import type { StoredEvent } from '../store/events.ts'
import type { Run } from '../store/runs.ts'
import type { Step } from '../store/steps.ts'
import type { Node } from './select.ts'

/** Asked for something that is not there; the answer has it beside `data`, as on the real server. */
export class NotFound extends Error {
  override name = 'NotFound'
}

const listed = 40
const mostListed = 100

/** Everything that can be asked for: the part of the real server's schema that the SDK's own tests use. */
export function rootNode(context: ExecutorContext): Node {
  const { store } = context
  return {
    run: (given) => runNode(context, findRun(context, textMember(given, 'runID') ?? '')),
    runTrace: (given) => traceNode(context, findRun(context, textMember(given, 'runID') ?? '')),
    runTraceSpanOutputByID: (given) => outputNode(context, textMember(given, 'outputID') ?? ''),
    event: (given) => {
      const event = store.events.find(textMember(objectMember(given, 'query'), 'eventId') ?? '')
      return event ? eventNode(context, event) : null
    },
    events: () => store.events.listOfApps({ limit: listed }).map((event) => eventNode(context, event)),
    stream: (given) => {
      const { limit = listed, includeInternalEvents } = objectMember(given, 'query')
      const most = typeof limit === 'number' && limit > 0 ? Math.min(limit, mostListed) : listed
      const events =
        includeInternalEvents === true
          ? store.events.list({ limit: most })
          : store.events.listOfApps({ limit: most })
      return events.map((event) => streamNode(context, event))
    },
  }
}

function findRun({ store }: ExecutorContext, id: string): Run {
  const run = store.runs.find(id)
  if (!run) throw new NotFound(`error loading run: there is no run ${id}`)
  return run
}

function runNode(context: ExecutorContext, run: Run): Node {
  const { store } = context
  return {
    id: run.id,
    functionID: functionUuid(context, run),
    function: () => functionNode(context, run),
    queuedAt: isoTime(run.startedAt),
    startedAt: isoTime(run.startedAt),
    endedAt: isoTime(run.endedAt),
    finishedAt: isoTime(run.endedAt),
    status: run.status.toUpperCase(),
    eventName: run.eventName,
    eventID: run.eventId,
    triggerIDs: [run.eventId],
    isBatch: false,
    cronSchedule: null,
    hasAI: false,
    output: run.output,
    trace: () => traceNode(context, run),
    event: () => {
      const event = store.events.find(run.eventId)
      return event ? eventNode(context, event) : null
    },
  }
}

function functionNode(context: ExecutorContext, run: Run): Node {
  const { config } = context.registry.find(run.functionId) ?? {}
  return { id: functionUuid(context, run), name: config?.name ?? run.functionId, slug: run.functionId }
}

function functionUuid({ registry }: ExecutorContext, run: Run): string {
  return registry.find(run.functionId)?.uuid ?? run.functionId
}

/** The run as a span, its finished steps as the spans in it. */
function traceNode(context: ExecutorContext, run: Run): Node {
  return spanNode(run, {
    name: 'Run',
    status: run.status.toUpperCase(),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    stepOp: null,
    stepID: null,
    outputID: run.status === 'Completed' || run.status === 'Failed' ? writeOutputId(run.id, '') : null,
    attempts: 0,
    children: () => context.store.steps.ofRun(run.id).map((step) => stepNode(context, run, step)),
  })
}

function stepNode(context: ExecutorContext, run: Run, step: Step): Node {
  const failures = context.store.calls
    .ofRun(run.id)
    .filter(({ target, stepIds, attempt }) => (target === step.id || stepIds === step.id) && attempt > 0)
  return spanNode(run, {
    name: step.name,
    status: step.memo.startsWith('{"error":') ? 'FAILED' : 'COMPLETED',
    startedAt: step.startedAt ?? step.finishedAt,
    endedAt: step.finishedAt,
    stepOp: stepOperations[step.op] ?? 'RUN',
    stepID: step.id,
    outputID: writeOutputId(run.id, step.id),
    attempts: failures.length,
    children: () => [],
  })
}

type Span = {
  name: string
  status: string
  startedAt: number
  endedAt: number | null
  stepOp: string | null
  stepID: string | null
  outputID: string | null
  attempts: number
  children: () => Node[]
}

function spanNode(run: Run, { startedAt, endedAt, children, ...rest }: Span): Node {
  return {
    ...rest,
    runID: run.id,
    traceID: run.id,
    spanID: rest.stepID ?? run.id,
    isRoot: rest.stepID === null,
    isUserland: false,
    queuedAt: isoTime(startedAt),
    startedAt: isoTime(startedAt),
    endedAt: isoTime(endedAt),
    duration: endedAt === null ? null : endedAt - startedAt,
    childrenSpans: children,
  }
}

const stepOperations: Record<string, string> = {
  Sleep: 'SLEEP',
  WaitForEvent: 'WAIT_FOR_EVENT',
  InvokeFunction: 'INVOKE',
}

/** What came out of a run, or of one of its steps. */
function outputNode(context: ExecutorContext, outputId: string): Node {
  const [runId = '', stepId = ''] = Buffer.from(outputId, 'base64').toString().split(' ')
  const run = findRun(context, runId)
  const memo =
    stepId === '' ? undefined : context.store.steps.ofRun(run.id).find((step) => step.id === stepId)?.memo
  if (stepId !== '' && memo === undefined) throw new NotFound('error loading output: there is no such step')
  const value = memo === undefined ? undefined : parseJson(memo)
  const event = context.store.events.find(run.eventId)
  const input = `[${event?.payload ?? ''}]`
  if (value !== undefined) {
    const failed = objectMember({ value }, 'value').error
    if (failed !== undefined) return { input: null, data: null, error: errorNode(failed) }
    const data = objectMember({ value }, 'value').data ?? value
    return { input: null, data: JSON.stringify(data), error: null }
  }
  if (run.status !== 'Failed') return { input, data: run.output, error: null }
  return { input, data: null, error: errorNode(parseJson(run.output ?? 'null')) }
}

function errorNode(value: Json): Node {
  const { name, message, stack, cause = null } = readError(value, 'Error')
  return { name, message, stack, cause }
}

function writeOutputId(runId: string, stepId: string): string {
  return Buffer.from(`${runId} ${stepId}`).toString('base64')
}

function eventNode(context: ExecutorContext, event: StoredEvent): Node {
  const runs = () => context.store.runs.ofEvent(event.id)
  return {
    id: event.id,
    externalID: () => textMember(payloadOf(event), 'id') ?? event.id,
    name: event.name,
    createdAt: isoTime(event.receivedAt),
    payload: () => JSON.stringify(payloadOf(event).data ?? {}),
    raw: event.payload,
    status: () => statusOf(runs()),
    pendingRuns: () => runs().filter(({ status }) => status === 'Running').length,
    totalRuns: () => runs().length,
    functionRuns: () => runs().map((run) => runNode(context, run)),
  }
}

function streamNode(context: ExecutorContext, event: StoredEvent): Node {
  return {
    id: event.id,
    trigger: event.name,
    type: event.name === 'inngest/scheduled.timer' ? 'CRON' : 'EVENT',
    createdAt: isoTime(event.receivedAt),
    inBatch: false,
    runs: () => context.store.runs.ofEvent(event.id).map((run) => runNode(context, run)),
  }
}

function statusOf(runs: Run[]): string {
  if (runs.length === 0) return 'NO_FUNCTIONS'
  if (runs.some(({ status }) => status === 'Running')) return 'RUNNING'
  const failed = runs.filter(({ status }) => status === 'Failed').length
  if (failed === 0) return 'COMPLETED'
  return failed === runs.length ? 'FAILED' : 'PARTIALLY_FAILED'
}

function payloadOf(event: StoredEvent): JsonObject {
  return objectMember({ payload: parseJson(event.payload) }, 'payload')
}

function isoTime(milliseconds: number): string
function isoTime(milliseconds: number | null): string | null
function isoTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString()
}
