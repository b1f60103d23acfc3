import { RegistrationError } from '../errors.ts'
import { compileExpression, ExpressionError } from '../expressions/expression.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import { isJsonObject } from './canonical-json.ts'
import { parseDuration } from './durations.ts'

/** The refusal of a whole registration for one function's sake. */
export function invalid(id: string, reason: string): RegistrationError {
  return new RegistrationError(`At least one function is invalid: function "${id}": ${reason}`)
}

/** @throws RegistrationError when the value is no expression, naming function and option */
export function checkExpression(id: string, option: string, value: Json): string {
  if (typeof value !== 'string') throw invalid(id, `${option} must be a text`)
  try {
    return compileExpression(value).source
  } catch (error) {
    if (error instanceof ExpressionError) throw invalid(id, `${option}: ${error.message}`)
    throw error
  }
}

/**
 * The members of an option that is an object.
 *
 * @throws RegistrationError for anything but an object, and for a member this server does not know
 */
export function checkMembers(id: string, option: string, value: Json, known: string[]): JsonObject {
  if (!isJsonObject(value)) throw invalid(id, `${option} must be an object`)
  const other = Object.keys(value).find((name) => !known.includes(name))
  if (other === undefined) return value
  throw invalid(id, `option "${option}.${other}" is not implemented by this stand-in`)
}

const leastPeriodMs = 1000
const longestPeriodMs = 7 * 86_400_000

/** Milliseconds of a period. @throws RegistrationError unless it is a duration from a second to a week, as on the real server */
export function checkPeriod(id: string, option: string, value: Json | undefined): number {
  const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined
  if (milliseconds !== undefined && milliseconds >= leastPeriodMs && milliseconds <= longestPeriodMs) {
    return milliseconds
  }
  throw invalid(id, `${option} must be a duration from 1s to 7d, not ${JSON.stringify(value ?? null)}`)
}

/** @throws RegistrationError unless the value is a whole number, `least` or more */
export function checkWhole(id: string, option: string, value: Json | undefined, least: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value
  throw invalid(id, `${option} must be a whole number, ${least} or more`)
}
