import { isJsonObject, type Json, type JsonObject } from '../protocol/canonical-json.ts'
import { type Field, QueryError } from './parse-query.ts'

/** A value with its fields: what is costly, or takes arguments, is a function that is only called when asked for. */
export type Node = { [field: string]: Json | Node | Node[] | Resolver }
export type Resolver = (given: JsonObject) => Json | Node | Node[]

/**
 * Answers a selection out of a value.
 *
 * @throws QueryError for a field the value does not have
 */
export function select(value: Json | Node | Node[], fields: Field[] | undefined, type: string): Json {
  if (Array.isArray(value)) return value.map((item) => select(item, fields, type))
  if (!isNode(value)) return value
  if (!fields) throw new QueryError(`Field "${type}" must have a selection of subfields.`)
  const answer: JsonObject = {}
  for (const field of fields) {
    if (field.name === '__typename') {
      answer[field.alias] = type
      continue
    }
    const member = Object.hasOwn(value, field.name) ? value[field.name] : undefined
    if (member === undefined) throw new QueryError(`Cannot query field "${field.name}" on type "${type}".`)
    const found = typeof member === 'function' ? member(field.arguments) : member
    answer[field.alias] = select(found, field.fields, field.name)
  }
  return answer
}

function isNode(value: Json | Node): value is Node {
  return isJsonObject(value) || (typeof value === 'object' && value !== null && !Array.isArray(value))
}
