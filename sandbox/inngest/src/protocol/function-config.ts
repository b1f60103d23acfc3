/** When a function starts: on an event (with an optional condition) or by the clock. */
export type Trigger = { event: string; expression?: string } | { cron: string }

/** At most `limit` calls at once, counted per value of `key`, or altogether. */
export type ConcurrencyRule = { limit: number; key?: string }

/** An event that ends runs of the function. */
export type CancelRule = {
  event: string
  /** Over `event`, the trigger, and `async`, the new event; without it, every event of the name counts. */
  if?: string
  /** A duration from the start of the run, or a date: later events don't count. */
  timeout?: string
}

/** Only the last event of a quiet time of `periodMs` starts a run, `timeoutMs` after the first one at the latest. */
export type DebounceRule = { periodMs: number; timeoutMs?: number; key?: string }

/** `limit` + `burst` starts at once, then one per `periodMs / limit`; the rest wait. */
export type ThrottleRule = { limit: number; burst: number; periodMs: number; key?: string }

/** A registered function: all of its configuration that this server honours. */
export type FunctionConfig = {
  /** `<app>-<function>`. */
  id: string
  name: string
  triggers: Trigger[]
  /** Where it is called, query included. */
  url: string
  /** Failed attempts are repeated so often; `maximumAttempts` is one more. */
  retries: number
  concurrency: ConcurrencyRule[]
  idempotency?: string
  cancel: CancelRule[]
  debounce?: DebounceRule
  throttle?: ThrottleRule
  /** How many seconds ahead of others a run is, from -600 to 600. */
  priority?: string
}

/** Retries of a function that does not say: five attempts in all. */
export const defaultRetries = 4

export function maximumAttempts(config: FunctionConfig): number {
  return config.retries + 1
}
