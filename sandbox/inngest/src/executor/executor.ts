import type { RegisteredFunction } from '../apps/registry.ts'
import { callBody } from '../protocol/call-body.ts'
import { maximumAttempts } from '../protocol/function-config.ts'
import { parseReply, type RawReply } from '../protocol/parse-reply.ts'
import { signBody, verifySignature } from '../protocol/signatures.ts'
import { newUlid } from '../protocol/ulid.ts'
import { anywhere, type Place } from '../queue/waiting.ts'
import { type Job, type QueuedJob, wholeFunction } from '../store/jobs.ts'
import type { Run } from '../store/runs.ts'
import type { Transaction } from '../store/transactions.ts'
import { invokeTimeoutMemo } from './answer-invocation.ts'
import { applyReply } from './apply-reply.ts'
import type { Backoff } from './backoff.ts'
import { type AppCaller, CallAborted } from './call-app.ts'
import { completeStep } from './complete-step.ts'
import type { ExecutorContext } from './context.ts'
import { admitRun, endDebounce } from './start-run.ts'
import { triggerOf } from './trigger-of.ts'

export type ExecutorOptions = {
  context: ExecutorContext
  caller: AppCaller
  backoff: Backoff
  /** Signs calls and checks replies; undefined in dev mode. */
  signingKey: string | undefined
  /** Told when an app could not be reached, so that it is asked to register again. */
  onUnreachable: (target: RegisteredFunction) => void
}

/** Does jobs: calls apps and writes down what they say. */
export class Executor {
  readonly #options: ExecutorOptions

  constructor(options: ExecutorOptions) {
    this.#options = options
  }

  /** What a job has to stand in line for, and how far ahead: calls count, sleeping and waiting do not. */
  placeOf(queued: QueuedJob): Place {
    const { store, registry } = this.#options.context
    const target = registry.find(queued.functionId)
    if (queued.kind !== 'call' || !target) return anywhere
    const { concurrency, priority } = target
    if (concurrency.length === 0 && !priority) return anywhere
    const job = store.jobs.find(queued.seq)
    const run = job ? store.runs.find(job.runId) : undefined
    if (!run) return anywhere
    const event = concurrency.some(({ key }) => key) ? triggerOf(store, run.eventId) : {}
    const slots = concurrency.map(({ limit, key }, index) => {
      const value = key?.evaluate({ event })
      return { name: `${queued.functionId} ${index} ${String(value ?? '')}`, limit }
    })
    return { slots, aheadMs: run.priority * 1000 }
  }

  async execute(queued: QueuedJob): Promise<void> {
    const { store } = this.#options.context
    const job = store.jobs.find(queued.seq)
    // Answered, cancelled or put off while it waited.
    if (!job || job.dueAt !== queued.dueAt || job.kind !== queued.kind) return
    if (job.kind === 'call') {
      const run = store.runs.find(job.runId)
      if (run?.status === 'Running') await this.#call(job, run)
      return
    }
    await store.transactions.run((transaction) => {
      const current = store.jobs.find(job.seq)
      if (current?.kind === job.kind && current.dueAt === job.dueAt) this.#elapse(transaction, job)
    })
  }

  /** Does what the time alone brings about. */
  #elapse(transaction: Transaction, job: Job): void {
    const { context } = this.#options
    const { store, registry } = context
    if (job.kind === 'debounce') {
      endDebounce(context, transaction, registry.find(job.functionId), job)
      return
    }
    const run = store.runs.find(job.runId)
    if (run?.status !== 'Running' || job.kind === 'call') return
    if (job.kind === 'start') {
      const target = registry.find(job.functionId)
      if (target) admitRun(context, transaction, target, job, run.eventId)
      return
    }
    if (job.kind === 'wait') store.waits.delete(run.id, job.target)
    if (job.kind === 'invoke') store.invocations.delete(run.id, job.target)
    const memo = job.kind === 'invoke' ? invokeTimeoutMemo : 'null'
    completeStep(context, transaction, run, { job, op: operationOf[job.kind], memo })
  }

  async #call(job: Job, run: Run): Promise<void> {
    const { context, backoff } = this.#options
    const { store, clock } = context
    const target = context.registry.find(job.functionId)
    if (!target) throw new Error(`Job ${job.seq} is for the unknown function "${job.functionId}"`)
    const startedAt = clock.now()
    const raw = await this.#request(job, run, target).catch((error: unknown) => {
      if (error instanceof CallAborted) return undefined
      throw error
    })
    if (!raw) return
    if (raw.kind === 'failure') this.#options.onUnreachable(target)
    const reply = parseReply(raw)
    await store.transactions.run((transaction) => {
      const current = store.jobs.find(job.seq)
      const currentRun = store.runs.find(run.id)
      if (!current || currentRun?.status !== 'Running') return
      if (raw.kind === 'reply') this.#rememberVersion(currentRun, raw)
      const applied = applyReply(
        { context, transaction, backoff, job: current, run: currentRun, target },
        reply,
      )
      store.calls.insert({
        runId: run.id,
        target: job.target,
        stepName: applied.stepName,
        stepIds: applied.stepIds.join(' '),
        attempt: job.attempt,
        startedAt,
        endedAt: clock.now(),
        httpStatus: raw.kind === 'reply' ? raw.status : null,
        outcome: applied.outcome,
        detail: applied.detail ?? null,
      })
    })
  }

  async #request(job: Job, run: Run, target: RegisteredFunction): Promise<RawReply> {
    const { context, caller, signingKey } = this.#options
    const { store, clock } = context
    const event = store.events.find(run.eventId)
    if (!event) throw new Error(`Run ${run.id} has lost its event`)
    const requestId = newUlid(clock.now())
    const body = callBody({
      runId: run.id,
      functionUuid: target.uuid,
      requestId,
      jobId: `${run.id}.${job.seq}.${job.attempt}`,
      target: job.target,
      attempt: job.attempt,
      maximumAttempts: maximumAttempts(target.config),
      planOnly: run.planOnly === 1,
      requestVersion: run.requestVersion,
      event: event.payload,
      steps: store.steps.ofRun(run.id),
    })
    const raw = await caller.call({
      method: 'POST',
      url: callUrl(target.config.url, job.target),
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Inngest',
        'x-run-id': run.id,
        'x-request-id': requestId,
        'x-inngest-step-id': job.target,
        'x-inngest-req-version': String(run.requestVersion),
        'x-inngest-job-id': `${run.id}.${job.seq}.${job.attempt}`,
        ...traceHeaders(run.id, requestId),
        ...(signingKey === undefined
          ? {}
          : { 'x-inngest-signature': signBody(body, signingKey, clock.now()) }),
      },
    })
    return signingKey === undefined ? raw : this.#checkSignature(raw, signingKey)
  }

  /** With a signing key, a reply that claims to be the SDK's has to prove it. */
  #checkSignature(raw: RawReply, signingKey: string): RawReply {
    if (raw.kind === 'failure' || raw.headers['x-inngest-sdk'] === undefined) return raw
    const { now } = this.#options.context.clock
    if (verifySignature(raw.body, raw.headers['x-inngest-signature'], signingKey, now())) return raw
    return {
      kind: 'failure',
      message: 'The reply is not signed with our signing key; give the app the same INNGEST_SIGNING_KEY',
    }
  }

  #rememberVersion(run: Run, raw: RawReply & { kind: 'reply' }): void {
    const version = Number(raw.headers['x-inngest-req-version'] ?? Number.NaN)
    if (!Number.isInteger(version) || version < 0 || version === run.requestVersion) return
    this.#options.context.store.runs.rememberVersion(run.id, version)
  }
}

/** What the SDK calls the steps that end with time. */
const operationOf = { sleep: 'Sleep', wait: 'WaitForEvent', invoke: 'InvokeFunction' }

/** The registered URL, asking for one planned step instead of the whole function where that is wanted. */
function callUrl(registered: string, target: string): string {
  if (target === wholeFunction) return registered
  const url = new URL(registered)
  url.searchParams.set('stepId', target)
  return url.href
}

function traceHeaders(runId: string, requestId: string): Record<string, string> {
  const hex = (text: string, length: number) =>
    Buffer.from(text).toString('hex').slice(-length).padStart(length, '0')
  return { traceparent: `00-${hex(runId, 32)}-${hex(requestId, 16)}-01`, tracestate: '' }
}
