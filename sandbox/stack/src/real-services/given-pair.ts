import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { GivenPerApp } from '../overrides.ts'

/** A root variable without its prefix, and what was given in it. */
export interface Given {
  name: string
  values: GivenPerApp
}

/**
 * Two variables that only make sense together.
 *
 * @param service for the message: `GitHub`
 * @returns undefined when neither is given
 * @throws StackError `not-available` naming the one that is missing
 */
export function givenPair(
  app: AppKey,
  service: string,
  [first, second]: readonly [Given, Given],
): readonly [string, string] | undefined {
  const values = [first.values[app], second.values[app]] as const
  if (values[0] !== undefined && values[1] !== undefined) return [values[0], values[1]]
  if (values[0] === undefined && values[1] === undefined) return undefined
  const name = (given: Given) => `${app.toUpperCase()}_${given.name}`
  const [present, missing] = values[0] === undefined ? [second, first] : [first, second]
  throw new StackError('not-available', `${name(present)} is given, and ${name(missing)} is missing.`, {
    nextStep: `Give ${name(missing)} too, or take ${name(present)} away: then the ${service} stand-in is used.`,
  })
}
