import { Ajv, type ValidateFunction } from 'ajv'
import { type Finding, toFindings } from './finding.ts'
import { type Description, findOperation } from './read-description.ts'
import { type JsonSchema, toJsonSchema } from './to-json-schema.ts'

export interface ObjectCheck {
  /** Checks an answer of the API, and every object in it that has a description of its own. */
  answer(call: { method: string; path: string; status: number }, body: unknown): Finding[]
  /** Checks an object, found by its own word in `object`, and those in it. */
  object(value: unknown): Finding[]
}

/**
 * Checks JSON by Stripe's description, more strictly than the description itself: a field that it does not name is a
 * finding, since an app could come to rely on it.
 */
export function createObjectCheck(description: Description): ObjectCheck {
  const { schemas } = description.components
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false })
  ajv.addSchema({
    $id: 'stripe',
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema)]),
      ),
    },
  })
  const compiled = new Map<string, ValidateFunction>()
  const compile = (key: string, schema: () => JsonSchema): ValidateFunction => {
    const validate = compiled.get(key) ?? ajv.compile(schema())
    compiled.set(key, validate)
    return validate
  }
  const findingsOf = (subject: string, validate: ValidateFunction, value: unknown): Finding[] =>
    validate(value) ? [] : toFindings(subject, validate.errors ?? [])

  function ofObject(value: unknown): Finding[] {
    return objectsIn(value).flatMap((each) => {
      const name = each.deleted === true ? `deleted_${each.object}` : each.object
      if (schemas[name] === undefined) return [{ subject: name, at: '', says: 'is no object of Stripe’s' }]
      return findingsOf(
        name,
        compile(name, () => ({ $ref: `stripe#/components/schemas/${name}` })),
        each,
      )
    })
  }

  return {
    object: ofObject,
    answer({ method, path, status }, body) {
      const found = findOperation(description, method, path)
      if (found === undefined) {
        return [{ subject: `${method} ${path}`, at: '', says: 'is no call of Stripe’s' }]
      }
      const subject = `${method} ${found.template}`
      const { responses } = found.operation
      const response = responses[status] ?? responses.default
      const schema = response?.content?.['application/json']?.schema ?? {}
      const key = `${subject} ${response === responses.default ? 'error' : status}`
      return [
        ...findingsOf(
          subject,
          compile(key, () => toJsonSchema(schema)),
          body,
        ),
        ...ofObject(body),
      ]
    },
  }
}

type StripeObject = Record<string, unknown> & { id: string; object: string }

/** Every object with an id and a type of its own in a value, the value included. */
function objectsIn(value: unknown): StripeObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([key, field]) =>
    // These hold what callers put there, and parts of objects.
    key === 'metadata' || key === 'previous_attributes' ? [] : objectsIn(field),
  )
  return isStripeObject(value) ? [value, ...inside] : inside
}

function isStripeObject(value: object): value is StripeObject {
  return (
    'object' in value && typeof value.object === 'string' && 'id' in value && typeof value.id === 'string'
  )
}
