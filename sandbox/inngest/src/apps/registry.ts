import type { Clock } from '../clock.ts'
import { RegistrationError } from '../errors.ts'
import { compileExpression, type Expression } from '../expressions/expression.ts'
import type { JsonObject } from '../protocol/canonical-json.ts'
import type { FunctionConfig } from '../protocol/function-config.ts'
import { type Registration, readFunctionConfig } from '../protocol/parse-registration.ts'
import { stableUuid } from '../protocol/stable-uuid.ts'
import type { Store } from '../store/store.ts'

/** A function with its expressions ready. */
export type RegisteredFunction = {
  config: FunctionConfig
  uuid: string
  appName: string
  active: boolean
  idempotency: Expression | undefined
  concurrency: { limit: number; key: Expression | undefined }[]
  cancel: { event: string; condition: Expression | undefined; timeout: string | undefined }[]
  debounceKey: Expression | undefined
  throttleKey: Expression | undefined
  priority: Expression | undefined
}

type EventTrigger = { target: RegisteredFunction; expression: Expression | undefined }

/** The registered functions, in memory for the speed of fan-out and on disk for restarts. */
export class Registry {
  readonly #store: Store
  readonly #clock: Clock
  readonly #functions = new Map<string, RegisteredFunction>()
  readonly #byEvent = new Map<string, EventTrigger[]>()
  /** Triggers that end in `*`, by what comes before it. */
  #byPrefix: { prefix: string; trigger: EventTrigger }[] = []

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.#load()
  }

  find(id: string): RegisteredFunction | undefined {
    return this.#functions.get(id)
  }

  /** All functions that may start runs, by id. */
  active(): RegisteredFunction[] {
    return [...this.#functions.values()].filter((item) => item.active)
  }

  /**
   * Replaces an app's set of functions.
   *
   * @returns whether anything is different from before, and the app's id
   * @throws RegistrationError when a function id belongs to another app
   */
  async register(registration: Registration): Promise<{ modified: boolean; appId: string }> {
    const { appName, url, sdk, framework, functions, checksum } = registration
    for (const { id } of functions) {
      const known = this.#functions.get(id)
      if (known?.active && known.appName !== appName) {
        throw new RegistrationError(`Function "${id}" is registered by the app "${known.appName}" already`)
      }
    }
    const appId = stableUuid(`app ${appName}`)
    const before = this.#store.functions.app(appName)
    if (before?.checksum === checksum) return { modified: false, appId }
    await this.#store.transactions.run((transaction) => {
      this.#store.functions.register(
        { name: appName, id: appId, url, sdk, framework, checksum, registeredAt: this.#clock.now() },
        functions.map((config) => ({ id: config.id, config: JSON.stringify(config) })),
      )
      transaction.afterCommit(() => this.#load())
    })
    return { modified: true, appId }
  }

  /** The functions an event starts, each once, in the order of their ids. */
  triggeredBy(event: JsonObject & { name: string }): RegisteredFunction[] {
    const candidates = [
      ...(this.#byEvent.get(event.name) ?? []),
      ...this.#byPrefix.filter(({ prefix }) => event.name.startsWith(prefix)).map(({ trigger }) => trigger),
    ]
    const found = new Set<RegisteredFunction>()
    for (const { target, expression } of candidates) {
      if (found.has(target)) continue
      if (expression === undefined || expression.evaluate({ event }) === true) found.add(target)
    }
    return [...found]
  }

  #load(): void {
    this.#functions.clear()
    this.#byEvent.clear()
    this.#byPrefix = []
    for (const stored of this.#store.functions.functions()) {
      const config = readFunctionConfig(stored.config)
      const { debounce, throttle } = config
      const target: RegisteredFunction = {
        config,
        uuid: stableUuid(`function ${config.id}`),
        appName: stored.appName,
        active: stored.active === 1,
        idempotency: compileOptional(config.idempotency),
        concurrency: config.concurrency.map(({ limit, key }) => ({ limit, key: compileOptional(key) })),
        cancel: config.cancel.map(({ event, if: condition, timeout }) => ({
          event,
          condition: compileOptional(condition),
          timeout,
        })),
        debounceKey: compileOptional(debounce?.key),
        throttleKey: compileOptional(throttle?.key),
        priority: compileOptional(config.priority),
      }
      this.#functions.set(config.id, target)
      if (target.active) this.#indexTriggers(target)
    }
  }

  #indexTriggers(target: RegisteredFunction): void {
    for (const trigger of target.config.triggers) {
      if (!('event' in trigger)) continue
      const { event, expression } = trigger
      const entry = { target, expression: compileOptional(expression) }
      if (event.endsWith('*')) this.#byPrefix.push({ prefix: event.slice(0, -1), trigger: entry })
      else this.#byEvent.set(event, [...(this.#byEvent.get(event) ?? []), entry])
    }
  }
}

function compileOptional(source: string | undefined): Expression | undefined {
  return source === undefined ? undefined : compileExpression(source)
}
