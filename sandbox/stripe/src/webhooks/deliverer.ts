import type { DatabaseSync } from 'node:sqlite'
import type { Account } from '../accounts.ts'
import { inTransaction } from '../store/database.ts'
import { ObjectStore } from '../store/object-store.ts'
import {
  type Delivery,
  dueDeliveries,
  nextDeliveryAtMs,
  pendingCount,
  recordAttempt,
} from './delivery-store.ts'
import { type Endpoint, endpointsOf } from './endpoints.ts'
import { signatureHeader } from './signature.ts'

export interface DeliverySettings {
  /** The wait after the first failure, in milliseconds; doubled after each further one. */
  firstRetryMs: number
  /** The longest wait between two attempts, in milliseconds. */
  longestRetryMs: number
  /** How long an endpoint may take to answer, in milliseconds. */
  timeoutMs: number
}

interface EndpointOfAccount {
  endpoint: Endpoint
  objects: ObjectStore
}

const CONCURRENT_PER_ENDPOINT = 16
const SNIPPET_LENGTH = 500
const LONGEST_TIMER_MS = 60_000

/**
 * Delivers webhooks: many at once, so that order is not promised, each one again and again until its endpoint answers
 * 2xx. What is due is read from the database, so a killed process goes on where it was; an attempt that was under way
 * then is made again, as with Stripe an event can arrive twice.
 */
export class Deliverer {
  readonly #database: DatabaseSync
  readonly #endpoints: EndpointOfAccount[]
  readonly #settings: DeliverySettings
  readonly #underWay = new Map<number, { endpointId: string; controller: AbortController }>()
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(database: DatabaseSync, accounts: Account[], settings: DeliverySettings) {
    this.#database = database
    this.#settings = settings
    this.#endpoints = accounts.flatMap((account) => {
      const objects = new ObjectStore(database, account.key)
      return endpointsOf(account).map((endpoint) => ({ endpoint, objects }))
    })
  }

  /** Starts everything that is due now. Call it after each commit that may have recorded events. */
  wake(): void {
    if (this.#stopped) return
    clearTimeout(this.#timer)
    const now = Date.now()
    for (const target of this.#endpoints) this.#startDue(target, now)
    const next = this.#endpoints
      .map(({ endpoint }) => nextDeliveryAtMs(this.#database, endpoint.id, now))
      .reduce(
        (first = Number.POSITIVE_INFINITY, due = Number.POSITIVE_INFINITY) => Math.min(first, due),
        undefined,
      )
    if (next === undefined || next === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(next - now, 1), LONGEST_TIMER_MS))
  }

  // Each endpoint has its own share: one that hangs must not hold up the others.
  #startDue({ endpoint, objects }: EndpointOfAccount, now: number): void {
    let free = CONCURRENT_PER_ENDPOINT
    for (const { endpointId } of this.#underWay.values()) if (endpointId === endpoint.id) free--
    if (free <= 0) return // the next one to finish wakes us
    for (const delivery of dueDeliveries(this.#database, endpoint.id, now, CONCURRENT_PER_ENDPOINT * 2)) {
      if (this.#underWay.has(delivery.id)) continue
      void this.#deliver(delivery, endpoint, objects)
      free--
      if (free === 0) return
    }
  }

  /** Ends the attempts under way without counting them: they stay due. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    for (const { controller } of this.#underWay.values()) controller.abort()
  }

  async #deliver(delivery: Delivery, endpoint: Endpoint, objects: ObjectStore): Promise<void> {
    const controller = new AbortController()
    this.#underWay.set(delivery.id, { endpointId: endpoint.id, controller })
    const atMs = Date.now()
    const startedAt = performance.now()
    const answer = await this.#post(delivery, endpoint, objects, controller.signal)
    if (this.#stopped) return
    const durationMs = Math.round(performance.now() - startedAt)
    const delivered = answer.statusCode !== null && answer.statusCode >= 200 && answer.statusCode < 300
    inTransaction(this.#database, () =>
      recordAttempt(
        this.#database,
        delivery,
        { atMs, durationMs, ...answer },
        delivered
          ? { delivered }
          : { delivered, nextAttemptAtMs: Date.now() + this.#waitAfter(delivery.failures) },
      ),
    )
    this.#underWay.delete(delivery.id)
    this.wake()
  }

  async #post(
    delivery: Delivery,
    endpoint: Endpoint,
    objects: ObjectStore,
    signal: AbortSignal,
  ): Promise<{ statusCode: number | null; response: string }> {
    const event = objects.get('event', delivery.eventId)
    event.pending_webhooks = pendingCount(this.#database, delivery.account, delivery.eventId)
    const payload = JSON.stringify(event, null, 2)
    try {
      const response = await fetch(endpoint.url, {
        method: 'POST',
        redirect: 'manual', // Stripe counts a redirect as a failure
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.#settings.timeoutMs)]),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': signatureHeader(payload, endpoint.secret, Math.floor(Date.now() / 1000)),
        },
        body: payload,
      })
      const body = await response.text()
      return { statusCode: response.status, response: body.slice(0, SNIPPET_LENGTH) }
    } catch (error) {
      return { statusCode: null, response: describeFailure(error) }
    }
  }

  #waitAfter(failures: number): number {
    const { firstRetryMs, longestRetryMs } = this.#settings
    const wait = Math.min(firstRetryMs * 2 ** Math.min(failures, 20), longestRetryMs)
    return Math.round(wait * (0.8 + Math.random() * 0.4)) // jitter: a whole backlog must not come back in one moment
  }
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'No answer.'
  if (error.name === 'TimeoutError') return 'No answer in time.'
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause && typeof cause.code === 'string' ? `${cause.code}: ` : ''
  return `No answer. ${code}${cause.message}`.slice(0, SNIPPET_LENGTH)
}
