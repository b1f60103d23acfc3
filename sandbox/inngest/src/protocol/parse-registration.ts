import { createHash } from 'node:crypto'
import { Cron } from 'croner'
import { RegistrationError } from '../errors.ts'
import {
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
  textMember,
} from './canonical-json.ts'
import { type ConcurrencyRule, defaultRetries, type FunctionConfig, type Trigger } from './function-config.ts'
import { checkExpression, invalid } from './option-checks.ts'
import { parseCancel, parseDebounce, parsePriority, parseThrottle } from './parse-flow-control.ts'

/** What an app registers: the whole set of its functions. */
export type Registration = {
  appName: string
  url: string
  sdk: string
  framework: string
  functions: FunctionConfig[]
  checksum: string
}

/** Options of the SDK that this server knows of but does not do. Their names as in `createFunction`. */
const refusedOptions: Record<string, string> = {
  batchEvents: 'batchEvents',
  rateLimit: 'rateLimit',
  singleton: 'singleton',
  timeouts: 'timeouts',
}
const knownOptions = new Set([
  'id',
  'name',
  'triggers',
  'steps',
  'concurrency',
  'idempotency',
  'cancel',
  'debounce',
  'throttle',
  'priority',
])

/**
 * Reads the body of `POST /fn/register` and checks every function, so that nothing is registered that would be run
 * differently from what its author wrote.
 *
 * @throws RegistrationError naming the function and the option
 */
export function parseRegistration(text: string): Registration {
  let body: Json
  let checksum: string
  try {
    body = parseJson(text)
    checksum = createHash('sha256').update(canonicalJson(body)).digest('hex')
  } catch (error) {
    throw new RegistrationError(`Invalid request: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isJsonObject(body)) throw new RegistrationError('Invalid request: the body must be a JSON object')
  const appName = textMember(body, 'appName')
  const url = textMember(body, 'url')
  const sdk = textMember(body, 'sdk') ?? ''
  if (!appName) throw new RegistrationError('Invalid request: appName is missing')
  if (!isHttpUrl(url)) throw new RegistrationError('Invalid request: url must be an http or https URL')
  checkSdk(sdk)
  const items = body.functions ?? []
  if (!Array.isArray(items)) throw new RegistrationError('Invalid request: functions must be an array')
  const functions = items.map(parseFunction)
  const duplicate = functions.find(
    (one, index) => functions.findIndex((other) => other.id === one.id) < index,
  )
  if (duplicate) throw invalid(duplicate.id, 'its id is registered twice')
  return { appName, url, sdk, framework: textMember(body, 'framework') ?? '', functions, checksum }
}

/** SDK versions whose protocol this server speaks: JavaScript, 3.54 and later 3.x. */
function checkSdk(sdk: string): void {
  const match = /^js:v(\d+)\.(\d+)\./.exec(sdk)
  const [major, minor] = [Number(match?.[1]), Number(match?.[2])]
  if (match && major === 3 && minor >= 54) return
  throw new RegistrationError(
    `SDK ${JSON.stringify(sdk)} is not supported: this stand-in speaks the protocol of the JavaScript SDK 3.54 and ` +
      'later 3.x versions (4.x needs the checkpoint API, which it does not have)',
    'sdk_version_denied',
  )
}

function parseFunction(item: Json): FunctionConfig {
  if (!isJsonObject(item)) throw new RegistrationError('Invalid request: a function must be an object')
  const id = textMember(item, 'id')
  if (!id) throw new RegistrationError('Invalid request: a function has no id')
  for (const [option, value] of Object.entries(item)) {
    if (knownOptions.has(option) || value === null) continue
    throw invalid(id, `option "${refusedOptions[option] ?? option}" is not implemented by this stand-in`)
  }
  const step = isJsonObject(item.steps) ? item.steps.step : undefined
  const runtime = isJsonObject(step) ? step.runtime : undefined
  const url = isJsonObject(runtime) ? textMember(runtime, 'url') : undefined
  if (!isJsonObject(step) || !isJsonObject(runtime) || !isHttpUrl(url)) {
    throw invalid(id, 'steps.step.runtime.url must be an http or https URL')
  }
  if (runtime.type !== 'http') {
    throw invalid(id, `runtime "${String(runtime.type)}" (connect) is not implemented by this stand-in`)
  }
  const idempotency = parseIdempotency(id, item.idempotency ?? null)
  return {
    id,
    name: textMember(item, 'name') ?? id,
    triggers: parseTriggers(id, item.triggers ?? null),
    url,
    retries: parseRetries(id, step.retries ?? null),
    concurrency: parseConcurrency(id, item.concurrency ?? null),
    ...(idempotency === undefined ? {} : { idempotency }),
    cancel: parseCancel(id, item.cancel ?? null),
    ...present('debounce', parseDebounce(id, item.debounce ?? null)),
    ...present('throttle', parseThrottle(id, item.throttle ?? null)),
    ...present('priority', parsePriority(id, item.priority ?? null)),
  }
}

/** A member of an object, or nothing at all: an optional member is absent, never undefined. */
function present<Name extends string, Value>(name: Name, value: Value | undefined) {
  return value === undefined ? {} : { [name]: value }
}

function parseTriggers(id: string, value: Json): Trigger[] {
  if (!Array.isArray(value)) throw invalid(id, 'triggers must be an array')
  return value.map((item) => {
    if (!isJsonObject(item)) throw invalid(id, 'a trigger must be an object')
    const event = textMember(item, 'event')
    const cron = textMember(item, 'cron')
    if (cron !== undefined) {
      checkCron(id, cron)
      return { cron }
    }
    if (!event) throw invalid(id, 'a trigger needs an event or a cron')
    if (event.slice(0, -1).includes('*')) {
      throw invalid(id, `trigger ${JSON.stringify(event)}: a "*" is only understood at the end`)
    }
    const expression = item.expression ?? null
    if (expression === null || expression === '') return { event }
    return { event, expression: checkExpression(id, 'if', expression) }
  })
}

/** Splits `TZ=Europe/Berlin 0 9 * * *` into time zone and pattern. */
export function splitCron(cron: string): { pattern: string; timezone?: string } {
  const match = /^(?:CRON_)?TZ=(\S+)\s+(.+)$/.exec(cron.trim())
  return match?.[1] && match[2] ? { pattern: match[2], timezone: match[1] } : { pattern: cron.trim() }
}

function checkCron(id: string, cron: string): void {
  const { pattern, timezone } = splitCron(cron)
  try {
    const next = new Cron(pattern, {
      paused: true,
      mode: '5-part',
      ...(timezone ? { timezone } : {}),
    }).nextRun()
    if (!next) throw new Error('it never fires')
  } catch (error) {
    throw invalid(
      id,
      `cron ${JSON.stringify(cron)}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function parseRetries(id: string, value: Json): number {
  if (value === null) return defaultRetries
  const attempts = isJsonObject(value) ? (value.attempts ?? null) : value
  if (attempts === null) return defaultRetries
  if (typeof attempts !== 'number' || !Number.isInteger(attempts) || attempts < 0 || attempts > 20) {
    throw invalid(id, 'retries must be a whole number from 0 to 20')
  }
  return attempts
}

function parseConcurrency(id: string, value: Json): ConcurrencyRule[] {
  if (value === null) return []
  const items = Array.isArray(value) ? value : [value]
  if (items.length > 2) throw invalid(id, 'concurrency takes two rules at most')
  const rules = items.map((item) =>
    parseConcurrencyRule(id, typeof item === 'number' ? { limit: item } : item),
  )
  // Zero means "no limit", as on the real server.
  return rules.filter((rule) => rule.limit > 0)
}

function parseConcurrencyRule(id: string, item: Json): ConcurrencyRule {
  if (!isJsonObject(item)) throw invalid(id, 'concurrency must be a number or { limit, key }')
  const { limit = null, key = null, scope = null, ...others } = item
  const [other] = Object.keys(others)
  if (other !== undefined)
    throw invalid(id, `option "concurrency.${other}" is not implemented by this stand-in`)
  if (scope !== null && scope !== 'fn') {
    throw invalid(
      id,
      `option "concurrency.scope" ${JSON.stringify(scope)} is not implemented by this stand-in`,
    )
  }
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) {
    throw invalid(id, 'concurrency.limit must be a whole number, 0 or more')
  }
  return key === null ? { limit } : { limit, key: checkExpression(id, 'concurrency.key', key) }
}

function parseIdempotency(id: string, value: Json): string | undefined {
  return value === null || value === '' ? undefined : checkExpression(id, 'idempotency', value)
}

function isHttpUrl(value: string | undefined): value is string {
  const url = value !== undefined && URL.canParse(value) ? new URL(value) : undefined
  return url?.protocol === 'http:' || url?.protocol === 'https:'
}

/** Reads back what `parseRegistration` produced and the store kept. */
export function readFunctionConfig(stored: string): FunctionConfig {
  const config: FunctionConfig = JSON.parse(stored)
  // An earlier version knew no cancellations and wrote none down.
  return { ...config, cancel: config.cancel ?? [] }
}

/** For the `/dev` page of the real server's shape. */
export function describeFunction(config: FunctionConfig): JsonObject {
  return {
    id: config.id,
    name: config.name,
    slug: config.id,
    triggers: config.triggers.map((trigger) => ({ ...trigger })),
    steps: [{ id: 'step', name: 'step', uri: config.url, retries: config.retries }],
  }
}
