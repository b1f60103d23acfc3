import type { RegisteredFunction } from '../apps/registry.ts'
import { canonicalJson, type Json } from '../protocol/canonical-json.ts'
import { maximumAttempts } from '../protocol/function-config.ts'
import {
  type Operation,
  parseRetryAfter,
  plainError,
  type Reply,
  type RunError,
} from '../protocol/parse-reply.ts'
import { type Job, wholeFunction } from '../store/jobs.ts'
import type { Applying } from './applying.ts'
import { askFor } from './ask-for.ts'
import { callFunction } from './complete-step.ts'
import type { Ending } from './ending.ts'
import { finishRun } from './finish-run.ts'

/** The real server takes 3.5 MiB and fails a run at 4.5. */
const maximumStepBytes = 4 * 1024 * 1024

/** How a call ended, for the log: which steps it was about and what became of it. */
export type Applied = {
  stepName: string
  /** Of the steps it was about. */
  stepIds: string[]
  outcome: string
  detail: string | undefined
}

/** Writes down what a reply means for its run and puts what comes next on disk, in the caller's transaction. */
export function applyReply(applying: Applying, reply: Reply): Applied {
  if (reply.kind === 'finished') {
    finish(applying, { status: 'Completed', output: reply.output })
    return { ...aboutJob(applying.job), outcome: 'function finished', detail: undefined }
  }
  if (reply.kind === 'failed') {
    const outcome = failAttempt(applying, reply)
    const detail = describeError(reply.error)
    return {
      ...aboutJob(applying.job),
      outcome,
      detail: reply.reason ? `${reply.reason}\n${detail}` : detail,
    }
  }
  return applyOperations(applying, reply)
}

function aboutJob(job: Job): { stepName: string; stepIds: string[] } {
  return { stepName: job.name, stepIds: job.target === wholeFunction ? [] : [job.target] }
}

function applyOperations(applying: Applying, reply: Reply & { kind: 'operations' }): Applied {
  const { context, run, job } = applying
  const { operations } = reply
  if (operations.length > 1 && run.planOnly === 0) context.store.runs.rememberPlanOnly(run.id)
  const applied: AppliedOperation[] = []
  for (const operation of operations) {
    applied.push(applyOperation(applying, operation, reply))
    // One operation can end the run; what comes after it is void.
    if (context.store.runs.find(run.id)?.status !== 'Running') break
  }
  const stepName = [...new Set(operations.map((operation) => operation.displayName))].join(', ') || job.name
  const outcomes = [...new Set(applied.map(({ outcome }) => outcome))]
  const details = applied.flatMap(({ detail }) => detail ?? [])
  // A retry keeps the job; so does the end of the run, which removed it.
  if (!applied.some(({ keepsJob }) => keepsJob)) outcomes.push(...settleJob(applying))
  return {
    stepName,
    stepIds: operations.map(({ id }) => id),
    outcome: outcomes.join(', ') || 'nothing new',
    detail: details.length > 0 ? details.join('\n') : undefined,
  }
}

type AppliedOperation = { outcome: string; detail?: string; keepsJob?: boolean }

function applyOperation(
  applying: Applying,
  operation: Operation,
  reply: Reply & { kind: 'operations' },
): AppliedOperation {
  switch (operation.op) {
    case 'StepRun':
      return keepResult(applying, operation, operation.data)
    case 'StepError':
    case 'StepFailed':
      return failStep(applying, operation, reply)
    case 'Sleep':
    case 'WaitForEvent':
    case 'InvokeFunction':
    case 'StepPlanned':
      return ask(applying, operation)
    case 'RunComplete':
      finish(applying, { status: 'Completed', output: operation.data })
      return { outcome: 'function finished', keepsJob: true }
    default:
      return refuse(applying, operation)
  }
}

/** Puts what a step asks for on its way, unless it is already. */
function ask(applying: Applying, operation: Operation): AppliedOperation {
  const { store } = applying.context
  const { id } = applying.run
  if (store.steps.has(id, operation.id) || store.jobs.findByTarget(id, operation.id)) {
    return { outcome: 'asked for already' }
  }
  const asked = askFor(applying, operation)
  if (asked.kind === 'asked') return { outcome: asked.outcome }
  if (asked.kind === 'answered') {
    remember(applying, operation, asked.memo)
    return { outcome: asked.outcome }
  }
  finish(applying, { status: 'Failed', error: asked.error })
  return { outcome: 'step not understood', detail: asked.error.message, keepsJob: true }
}

function keepResult(applying: Applying, operation: Operation, data: Json): AppliedOperation {
  const memo = canonicalJson({ data })
  if (Buffer.byteLength(memo) > maximumStepBytes) {
    const error = plainError(
      `The output of step "${operation.displayName}" is over ${maximumStepBytes} bytes`,
    )
    finish(applying, { status: 'Failed', error })
    return { outcome: 'output too large', detail: error.message, keepsJob: true }
  }
  remember(applying, operation, memo)
  return { outcome: 'step ran' }
}

function failStep(
  applying: Applying,
  operation: Operation,
  reply: Reply & { kind: 'operations' },
): AppliedOperation {
  const { job, target } = applying
  const error = operation.error ?? plainError('The step failed without saying why')
  const last = operation.op === 'StepFailed' || reply.noRetry || isLastAttempt(job, target)
  if (!last) {
    const wait = postpone(applying, reply.retryAfter)
    return { outcome: `step failed, again ${wait}`, detail: describeError(error), keepsJob: true }
  }
  const { name, message, stack, cause } = error
  const memo = { error: { name, message, stack, ...(cause === undefined ? {} : { cause }) } }
  remember(applying, operation, canonicalJson(memo))
  return { outcome: 'step failed for good', detail: describeError(error) }
}

/** What the author calls each operation this server does not do. */
const refusedOperations: Record<string, string> = {
  AIGateway: 'step.ai',
  DiscoveryRequest: 'checkpointing',
  Gateway: 'step.fetch',
  WaitForSignal: 'step.waitForSignal',
}

function refuse(applying: Applying, operation: Operation): AppliedOperation {
  const what = refusedOperations[operation.op] ?? `operation ${operation.op}`
  const { id } = applying.target.config
  const error = plainError(
    `Function "${id}" uses ${what} (step "${operation.displayName}"), which this stand-in does not implement`,
    'NotImplementedError',
  )
  finish(applying, { status: 'Failed', error })
  return { outcome: `${what} is not implemented`, detail: error.message, keepsJob: true }
}

/** Removes the job of a call that is over, or calls the function again when something finished meanwhile. */
function settleJob(applying: Applying): string[] {
  const { context, run, job } = applying
  const { jobs } = context.store
  if (job.target !== wholeFunction) {
    if (!context.store.steps.has(run.id, job.target)) {
      // Calling again at once would only be told to plan this step again, for ever.
      const error = plainError(`The SDK did not report the planned step "${job.name}"`)
      return [failAttempt(applying, { error, output: undefined, retryAfter: undefined, noRetry: false })]
    }
    jobs.delete(job.seq)
    callFunction(applying.context, applying.transaction, run)
    return []
  }
  const current = jobs.find(job.seq)
  if (current?.again) {
    const restarted = jobs.restart(job.seq, context.clock.now())
    if (restarted) applying.transaction.afterCommit(() => context.enqueue(restarted))
    return []
  }
  jobs.delete(job.seq)
  if (jobs.ofRun(run.id).length > 0) return []
  // Nothing was asked for and nothing is under way. The real server calls again at once, for ever.
  const error = plainError('The SDK replied with 206 and no new step: the function can never go on')
  finish(applying, { status: 'Failed', error })
  return [error.message]
}

/** Keeps a memo; the function is called again for it. */
function remember(applying: Applying, operation: Operation, memo: string): void {
  const { context, run, job } = applying
  context.store.steps.insert({
    runId: run.id,
    id: operation.id,
    op: operation.op,
    name: operation.displayName,
    memo,
    startedAt: job.target === operation.id ? job.createdAt : null,
    finishedAt: context.clock.now(),
    input: inputOf(operation),
  })
  if (job.target === wholeFunction) context.store.jobs.markAgain(job.seq)
}

function inputOf({ options }: Operation): string | null {
  return options.input === undefined ? null : canonicalJson(options.input)
}

/** A failed attempt of the function, or of a planned step before its body ran. */
function failAttempt(
  applying: Applying,
  { error, output, retryAfter, noRetry }: Omit<Reply & { kind: 'failed' }, 'kind'>,
): string {
  if (noRetry || isLastAttempt(applying.job, applying.target)) {
    finish(applying, { status: 'Failed', error, ...(output === undefined ? {} : { output }) })
    return 'failed for good'
  }
  return `failed, again ${postpone(applying, retryAfter)}`
}

function isLastAttempt(job: Job, target: RegisteredFunction): boolean {
  return job.attempt + 1 >= maximumAttempts(target.config)
}

function postpone(applying: Applying, retryAfter: string | undefined): string {
  const { context, transaction, backoff, job } = applying
  const now = context.clock.now()
  const dueAt = Math.round(parseRetryAfter(retryAfter, now) ?? now + backoff(job.attempt))
  const retried = context.store.jobs.retry(job.seq, dueAt)
  if (retried) transaction.afterCommit(() => context.enqueue(retried))
  return `at ${new Date(dueAt).toISOString()}`
}

function finish(applying: Applying, ending: Ending): void {
  finishRun(applying.context, applying.transaction, applying.run, ending)
}

function describeError(error: RunError): string {
  return error.stack || `${error.name}: ${error.message}`
}
