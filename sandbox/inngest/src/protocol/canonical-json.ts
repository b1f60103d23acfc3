/** Any value that came out of `JSON.parse`. */
export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

/** How deep a value may nest. Far beyond honest payloads, far below the depth that exhausts the call stack. */
export const maximumNesting = 500

export class NestingError extends Error {
  override name = 'NestingError'
  constructor() {
    super(`JSON nests deeper than ${maximumNesting} levels; flatten the payload`)
  }
}

/**
 * Writes a JSON value with sorted keys and no white space (RFC 8785), the form both sides sign.
 * A request body in this form is equal, byte for byte, to what the SDK rebuilds when it checks a signature.
 *
 * @throws NestingError when the value nests deeper than `maximumNesting`
 */
export function canonicalJson(value: Json, depth = 0): string {
  if (depth > maximumNesting) throw new NestingError()
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null, depth + 1)}`)
  return `{${members.join(',')}}`
}

/** True for `{…}`, false for arrays, null and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses JSON text. @throws SyntaxError when the text is not JSON */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text)
  return value
}

/** The text of a member, or undefined when it is absent or no string. */
export function textMember(value: JsonObject, key: string): string | undefined {
  const member = value[key]
  return typeof member === 'string' ? member : undefined
}

/** The object a member is, or an empty one when it is absent or anything else. */
export function objectMember(value: JsonObject, key: string): JsonObject {
  const member = value[key]
  return isJsonObject(member) ? member : {}
}
