import { decodeForm, type FormValue } from '../http/form.ts'
import { parameterSchema } from './create-request-check.ts'
import { UNKNOWN_VALUE } from './read-app-calls.ts'
import { type Description, findOperation, type Schema } from './read-description.ts'

/** A form with a value of the right type wherever it is only known at run time. What Stripe does not know stays. */
export function fillSamples(
  description: Description,
  { method, path, form }: { method: string; path: string; form: string },
): string {
  const schema = parameterSchema(findOperation(description, method, path)?.operation, method)
  const pairs: string[] = []
  for (const [name, value] of Object.entries(decodeForm(form))) {
    collect(name, fill(value, schema.properties?.[name]), pairs)
  }
  return pairs.join('&')
}

/** A form without some of its parameters. */
export function withoutParameters(form: string, names: string[]): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(decodeForm(form))) {
    if (!names.includes(name)) collect(name, value, pairs)
  }
  return pairs.join('&')
}

function fill(value: FormValue, schema: Schema | undefined): FormValue {
  if (schema?.anyOf !== undefined) {
    return fill(
      value,
      schema.anyOf.find(({ type }) => type === 'object' || type === 'array') ?? schema.anyOf[0],
    )
  }
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        // A list in a form is an object with the keys 0, 1, 2 …
        fill(field, schema?.items ?? schema?.properties?.[name] ?? mapValue(schema)),
      ]),
    )
  }
  return value === UNKNOWN_VALUE ? sampleFor(schema) : value
}

function mapValue(schema: Schema | undefined): Schema | undefined {
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined
}

function sampleFor(schema: Schema | undefined): FormValue {
  const [first] = schema?.enum ?? []
  if (typeof first === 'string') return first
  switch (schema?.type) {
    case 'integer':
    case 'number':
      return '1000'
    case 'boolean':
      return 'true'
    case 'object':
      return { sample: 'sample' }
    case 'array':
      return { 0: fill(UNKNOWN_VALUE, schema.items) }
    default:
      return 'sample'
  }
}

function collect(name: string, value: FormValue, pairs: string[]): void {
  if (typeof value === 'string') pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  else for (const [key, field] of Object.entries(value)) collect(`${name}[${key}]`, field, pairs)
}
