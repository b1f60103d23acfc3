/** When a function starts: on an event (with an optional condition) or by the clock. */
export type Trigger = { event: string; expression?: string } | { cron: string }

/** At most `limit` calls at once, counted per value of `key`, or altogether. */
export type ConcurrencyRule = { limit: number; key?: string }

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
}

/** Retries of a function that does not say: five attempts in all. */
export const defaultRetries = 4

export function maximumAttempts(config: FunctionConfig): number {
  return config.retries + 1
}
