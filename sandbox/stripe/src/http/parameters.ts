import type { FormObject, FormValue } from './form.ts'
import { invalidRequest, StripeError } from './stripe-error.ts'

/** What reading a form found wrong. All of it is gathered first, so that the error names every unknown parameter. */
interface Problems {
  unknown: string[]
  missing: string[]
  invalid: StripeError[]
}

/** How one parameter is read. `required` decides whether its absence is an error. */
export interface Parameter<T, Required extends boolean = boolean> {
  required: Required
  read(value: FormValue, name: string, problems: Problems): T | undefined
}

export type Shape = Record<string, Parameter<unknown>>

/** The values a shape yields: required ones are there, all others may be undefined. */
export type ValuesOf<S extends Shape> = {
  [K in keyof S]: S[K] extends Parameter<infer T, infer R> ? (R extends true ? T : T | undefined) : never
}

/**
 * Reads a form by its shape.
 *
 * @throws StripeError 400 with code `parameter_unknown`, `parameter_missing` or `parameter_invalid_*`, naming the
 *   parameter as it was sent (`line_items[0][price]`); not kept by the idempotency layer, as with Stripe
 */
export function readParameters<S extends Shape>(shape: S, form: FormObject): ValuesOf<S> {
  const problems: Problems = { unknown: [], missing: [], invalid: [] }
  const values = readFields(shape, form, '', problems)
  const error = firstProblem(problems)
  if (error) throw new StripeError({ ...error.details, beforeExecution: true })
  return values
}

function firstProblem({ unknown, missing, invalid }: Problems): StripeError | undefined {
  const [firstUnknown] = unknown
  if (firstUnknown !== undefined) {
    const noun = unknown.length === 1 ? 'parameter' : 'parameters'
    return invalidRequest(
      `Received unknown ${noun}: ${unknown.join(', ')}. Stripe itself may know it; this sandbox does not implement it.`,
      { code: 'parameter_unknown', param: firstUnknown },
    )
  }
  const [firstMissing] = missing
  if (firstMissing !== undefined) {
    return invalidRequest(`Missing required param: ${firstMissing}.`, {
      code: 'parameter_missing',
      param: firstMissing,
    })
  }
  return invalid[0]
}

function readFields<S extends Shape>(
  shape: S,
  form: FormObject,
  prefix: string,
  problems: Problems,
): ValuesOf<S> {
  const values: Record<string, unknown> = {}
  const nameOf = (key: string) => (prefix === '' ? key : `${prefix}[${key}]`)
  for (const key of Object.keys(form)) {
    if (!Object.hasOwn(shape, key)) problems.unknown.push(nameOf(key))
  }
  for (const [key, parameter] of Object.entries(shape)) {
    const value = form[key]
    if (value === undefined) {
      if (parameter.required) problems.missing.push(nameOf(key))
      continue
    }
    values[key] = parameter.read(value, nameOf(key), problems)
  }
  // The loop above fills exactly the keys of the shape with what their own readers return.
  return values as ValuesOf<S>
}

/** Marks a parameter as required. */
export function required<T>(parameter: Parameter<T>): Parameter<T, true> {
  return { ...parameter, required: true }
}

function scalar<T>(read: (value: string, name: string) => T | StripeError): Parameter<T, false> {
  return {
    required: false,
    read(value, name, problems) {
      const result =
        typeof value === 'string'
          ? read(value, name)
          : invalidRequest(`Invalid string: ${JSON.stringify(value)}`, { param: name })
      if (!(result instanceof StripeError)) return result
      problems.invalid.push(result)
      return undefined
    },
  }
}

function emptyValue(name: string): StripeError {
  return invalidRequest(
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param: name },
  )
}

/** Text that can't be empty. */
export function text({ maxLength = 5000 } = {}): Parameter<string, false> {
  return scalar((value, name) => {
    if (value === '') return emptyValue(name)
    if (value.length <= maxLength) return value
    return invalidRequest(`Invalid string: must be at most ${maxLength} characters`, {
      code: 'parameter_invalid_string_too_long',
      param: name,
    })
  })
}

/** Text where an empty string means "clear the field" and is read as null. */
export function clearableText({ maxLength = 5000 } = {}): Parameter<string | null, false> {
  return scalar((value, name) => {
    if (value === '') return null
    if (value.length <= maxLength) return value
    return invalidRequest(`Invalid string: must be at most ${maxLength} characters`, { param: name })
  })
}

/** A whole number, for amounts in minor units, quantities and limits. */
export function integer({
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
} = {}): Parameter<number, false> {
  return scalar((value, name) => {
    const problem = (message: string) =>
      invalidRequest(message, { code: 'parameter_invalid_integer', param: name })
    if (!/^-?\d{1,15}$/.test(value)) return problem(`Invalid integer: ${value}`)
    const number = Number(value)
    if (number < min) return problem(`This value must be greater than or equal to ${min}.`)
    if (number > max) return problem(`This value must be less than or equal to ${max}.`)
    return number
  })
}

/** A number with decimals, for `percent_off`. */
export function decimal({ above, max }: { above: number; max: number }): Parameter<number, false> {
  return scalar((value, name) => {
    const number = Number(value)
    if (/^\d+(\.\d+)?$/.test(value) && number > above && number <= max) return number
    return invalidRequest(`Invalid decimal: ${value}; must be greater than ${above} and at most ${max}`, {
      param: name,
    })
  })
}

export function flag(): Parameter<boolean, false> {
  return scalar((value, name) => {
    if (value === 'true') return true
    if (value === 'false') return false
    return invalidRequest(`Invalid boolean: ${value}`, { param: name })
  })
}

/** One of a fixed list of words. */
export function oneOf<const T extends string>(...allowed: T[]): Parameter<T, false> {
  return scalar((value, name) => {
    const found = allowed.find((word) => word === value)
    if (found !== undefined) return found
    return invalidRequest(`Invalid ${name}: must be one of ${allowed.join(', ')}`, { param: name })
  })
}

/** A three-letter currency, kept in lower case. */
export function currency(): Parameter<string, false> {
  return scalar((value, name) => {
    const lower = value.toLowerCase()
    if (/^[a-z]{3}$/.test(lower)) return lower
    return invalidRequest(`Invalid currency: ${value}. Use a three-letter ISO code, for example usd.`, {
      param: name,
    })
  })
}

/** An absolute http or https address. Stripe's placeholders in braces are allowed. */
export function url(): Parameter<string, false> {
  return scalar((value, name) => {
    if (/^https?:\/\//i.test(value) && URL.canParse(value)) return value
    return invalidRequest('Not a valid URL', { code: 'url_invalid', param: name })
  })
}

/** An email address, checked as loosely as Stripe does. */
export function email(): Parameter<string, false> {
  return scalar((value, name) => {
    if (isEmailAddress(value)) return value
    return invalidRequest(`Invalid email address: ${value}`, { code: 'email_invalid', param: name })
  })
}

export function isEmailAddress(value: string): boolean {
  return value.length <= 512 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value)
}

export function object<S extends Shape>(shape: S): Parameter<ValuesOf<S>, false> {
  return {
    required: false,
    read(value, name, problems) {
      if (typeof value === 'object') return readFields(shape, value, name, problems)
      problems.invalid.push(invalidRequest('Invalid object', { param: name }))
      return undefined
    },
  }
}

/** A switch that the sandbox only knows as off: `{ enabled: false }` is accepted, `true` is refused by name. */
export function onlyDisabled(): Parameter<{ enabled: boolean | undefined }, false> {
  const inner = object({ enabled: flag() })
  return {
    required: false,
    read(value, name, problems) {
      const read = inner.read(value, name, problems)
      if (read?.enabled === true) {
        problems.invalid.push(
          invalidRequest(`This sandbox does not implement ${name}.`, { param: `${name}[enabled]` }),
        )
      }
      return read
    },
  }
}

/** An array: `name[0]=…` or `name[]=…`. */
export function list<T>(item: Parameter<T>): Parameter<T[], false> {
  return {
    required: false,
    read(value, name, problems) {
      if (typeof value === 'string') {
        problems.invalid.push(invalidRequest('Invalid array', { param: name }))
        return undefined
      }
      const items: T[] = []
      for (const [key, entry] of Object.entries(value)) {
        if (!/^\d+$/.test(key)) {
          problems.invalid.push(invalidRequest('Invalid array', { param: name }))
          return undefined
        }
        const read = item.read(entry, `${name}[${key}]`, problems)
        if (read !== undefined) items.push(read)
      }
      return items
    },
  }
}

/** Metadata as sent: an empty value asks to delete its key, an empty string instead of an object to delete all. */
export type MetadataChange = Record<string, string> | 'clear'

/** Up to 50 keys of at most 40 characters, values of at most 500. */
export function metadata(): Parameter<MetadataChange, false> {
  return {
    required: false,
    read(value, name, problems) {
      if (value === '') return 'clear'
      const invalid = (message: string, param = name) => {
        problems.invalid.push(invalidRequest(message, { param }))
        return undefined
      }
      if (typeof value === 'string') return invalid('Invalid object')
      const entries: [string, string][] = []
      for (const [key, entry] of Object.entries(value)) {
        if (typeof entry !== 'string') {
          return invalid('Metadata values must be strings, but you passed in a hash.', `${name}[${key}]`)
        }
        if (key.length > 40) {
          return invalid(`Metadata keys can have up to 40 characters. The key ${key} is too long.`, name)
        }
        if (entry.length > 500) {
          return invalid(
            `Metadata values can have up to 500 characters, but you passed in a value that is ${entry.length} characters.`,
            `${name}[${key}]`,
          )
        }
        entries.push([key, entry])
      }
      if (entries.length > 50) return invalid('Metadata can have up to 50 keys.')
      return Object.fromEntries(entries)
    },
  }
}

/** Applies a change of metadata: keys are merged, a key set to an empty string is removed. */
export function changeMetadata(
  current: Record<string, string>,
  change: MetadataChange | undefined,
): Record<string, string> {
  if (change === undefined) return current
  if (change === 'clear') return {}
  return Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== ''))
}
