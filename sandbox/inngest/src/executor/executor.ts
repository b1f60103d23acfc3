import type { RegisteredFunction } from '../apps/registry.ts'
import { callBody } from '../protocol/call-body.ts'
import { isJsonObject, parseJson } from '../protocol/canonical-json.ts'
import { maximumAttempts } from '../protocol/function-config.ts'
import { parseReply, type RawReply } from '../protocol/parse-reply.ts'
import { signBody, verifySignature } from '../protocol/signatures.ts'
import { newUlid } from '../protocol/ulid.ts'
import type { Slot } from '../queue/queue.ts'
import { type Job, wholeFunction } from '../store/jobs.ts'
import type { Run } from '../store/runs.ts'
import type { ExecutorContext } from './accept-events.ts'
import { applyReply, callFunction } from './apply-reply.ts'
import type { Backoff } from './backoff.ts'
import { type AppCaller, CallAborted } from './call-app.ts'

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

  /** The concurrency slots a job has to wait for: calls count, sleeping does not. */
  slotsOf(job: Job): Slot[] {
    const { store, registry } = this.#options.context
    const target = registry.find(job.functionId)
    if (job.kind !== 'call' || !target || target.concurrency.length === 0) return []
    const run = store.runs.find(job.runId)
    const stored = run ? store.events.find(run.eventId) : undefined
    const event = stored ? parseJson(stored.payload) : {}
    return target.concurrency.map(({ limit, key }, index) => {
      const value = key?.evaluate({ event: isJsonObject(event) ? event : {} })
      return { name: `${job.functionId} ${index} ${String(value ?? '')}`, limit }
    })
  }

  async execute(queued: Job): Promise<void> {
    const { store } = this.#options.context
    const job = store.jobs.find(queued.seq)
    const run = job ? store.runs.find(job.runId) : undefined
    // Cancelled or finished while it waited.
    if (!job || job.dueAt !== queued.dueAt || run?.status !== 'Running') return
    if (job.kind === 'sleep') await this.#wake(job, run)
    else await this.#call(job, run)
  }

  #wake(job: Job, run: Run): Promise<void> {
    const { context } = this.#options
    const { store, clock } = context
    return store.transactions.run((transaction) => {
      if (!store.jobs.find(job.seq)) return
      store.jobs.delete(job.seq)
      const step = { runId: run.id, id: job.target, op: 'Sleep', name: job.name }
      store.steps.insert({ ...step, memo: 'null', finishedAt: clock.now() })
      callFunction(context, transaction, run)
    })
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
