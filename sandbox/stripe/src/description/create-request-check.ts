import { Ajv, type ValidateFunction } from 'ajv'
import { decodeForm, type FormValue } from '../http/form.ts'
import { type Finding, toFindings } from './finding.ts'
import { type Description, findOperation, type Operation, type Schema } from './read-description.ts'
import { toJsonSchema } from './to-json-schema.ts'

export interface Request {
  method: string
  path: string
  /** Parameters as sent: the query, or the form in the body. */
  form: string
}

/**
 * Checks the parameters of requests by Stripe's description, down to the deepest: `stripe-mock` takes unknown ones in
 * nested objects, and any `expand`.
 */
export function createRequestCheck(description: Description): (request: Request) => Finding[] {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false })
  const compiled = new Map<string, ValidateFunction>()
  return ({ method, path, form }) => {
    const found = findOperation(description, method, path)
    if (found === undefined) return [{ subject: `${method} ${path}`, at: '', says: 'is no call of Stripe’s' }]
    const subject = `${method} ${found.template}`
    const schema = parameterSchema(found.operation, method)
    const validate = compiled.get(subject) ?? ajv.compile(toJsonSchema(schema))
    compiled.set(subject, validate)
    const values = toTyped(decodeForm(form), schema)
    const findings = validate(values) ? [] : toFindings(subject, validate.errors ?? [])
    const answer = found.operation.responses[200]?.content?.['application/json']?.schema ?? {}
    const unexpandable = expandsOf(form).filter((each) => !canExpand(description, answer, each.split('.')))
    return [
      ...findings,
      ...unexpandable.map((each) => ({ subject, at: '/expand', says: `“${each}” can not be expanded` })),
    ]
  }
}

/** All parameters of a call beside those in its path, as one object. */
export function parameterSchema(operation: Operation | undefined, method: string): Schema {
  if (method === 'POST') {
    return (
      operation?.requestBody?.content?.['application/x-www-form-urlencoded']?.schema ?? { properties: {} }
    )
  }
  const query = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'query')
  return {
    type: 'object',
    properties: Object.fromEntries(query.map(({ name, schema = {} }) => [name, schema])),
    required: query.filter(({ required }) => required === true).map(({ name }) => name),
  }
}

/** Everything in a form is text: a number where the description wants one, a list where it wants one. */
function toTyped(value: FormValue, schema: Schema | undefined): unknown {
  if (schema?.anyOf !== undefined) {
    const wanted = typeof value === 'string' ? isPlain : isNested
    return toTyped(value, schema.anyOf.find(wanted) ?? schema.anyOf[0])
  }
  if (typeof value === 'string') {
    const type = schema?.type
    if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
    if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true'
    return value
  }
  if (schema?.type === 'array') return Object.values(value).map((item) => toTyped(item, schema.items))
  const { properties = {}, additionalProperties } = schema ?? {}
  const other = typeof additionalProperties === 'object' ? additionalProperties : undefined
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, toTyped(field, properties[name] ?? other)]),
  )
}

function isPlain({ type }: Schema): boolean {
  return type !== 'object' && type !== 'array'
}

function isNested(schema: Schema): boolean {
  return !isPlain(schema)
}

function expandsOf(form: string): string[] {
  const { expand } = decodeForm(form)
  return typeof expand === 'object' ? Object.values(expand).filter((each) => typeof each === 'string') : []
}

/** Whether the last field of a path can be shown as an object, by the description of what is answered. */
function canExpand(description: Description, schema: Schema, path: string[]): boolean {
  const [field, ...rest] = path
  if (field === undefined) return true
  return choicesOf(description, schema).some((choice) => {
    const property = choice.properties?.[field]
    if (property === undefined) return false
    if (rest.length === 0) return choice['x-expandableFields']?.includes(field) === true
    return canExpand(description, property.type === 'array' ? (property.items ?? {}) : property, rest)
  })
}

function choicesOf(description: Description, schema: Schema): Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((choice) => choicesOf(description, choice))
  if (schema.$ref === undefined) return [schema]
  const referred = description.components.schemas[schema.$ref.split('/').at(-1) ?? '']
  return referred === undefined ? [] : choicesOf(description, referred)
}
