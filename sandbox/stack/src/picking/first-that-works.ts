import { StackError } from '../errors.ts'
import type { PassedOver, Pick } from './pick.ts'

/** Whether a choice can be had here, and what it then is. */
export type Attempt<Source> =
  | { ok: true; what: string; version: string; source: Source }
  | {
      ok: false
      /** One short sentence. */
      reason: string
      /** What a person does who wants just this. */
      nextStep: string
      cause?: unknown
    }

export interface Candidate<Choice extends string, Source> {
  choice: Choice
  /** The variable that names it: it is then taken or refused, and nothing after it is tried. */
  givenBy?: string
  /** @param forced whether a person asked for just this, so that it may take a while */
  attempt(forced: boolean): Promise<Attempt<Source>> | Attempt<Source>
}

export interface Picked<Choice extends string, Source> {
  pick: Pick<Choice>
  source: Source
}

/**
 * Takes the first choice that works, or the one that was asked for, and says why not the earlier ones.
 *
 * @param flag with which a person asks: `--mysql`
 * @throws StackError `not-available` when the one that was asked for, or given by a variable, can't be had, or when none can
 */
export async function firstThatWorks<Choice extends string, Source>({
  part,
  flag,
  candidates,
  forced,
}: {
  part: string
  flag: string
  candidates: readonly Candidate<Choice, Source>[]
  forced: Choice | undefined
}): Promise<Picked<Choice, Source>> {
  const refuse = (message: string, nextStep: string, cause: unknown) =>
    new StackError('not-available', message, { part, nextStep, cause })

  const passedOver: PassedOver<Choice>[] = []
  let lastStep = ''
  for (const { choice, givenBy, attempt } of candidates) {
    const asked = forced === choice
    if (forced !== undefined && !asked) {
      passedOver.push({ choice, reason: `${flag}=${forced} was asked for` })
      continue
    }
    const result = await attempt(asked)
    if (result.ok) {
      const { what, version, source } = result
      return {
        pick: { choice, what, version, forced: asked || givenBy !== undefined, passedOver },
        source,
      }
    }
    if (asked)
      throw refuse(`${flag}=${choice} can't be had: ${result.reason}.`, result.nextStep, result.cause)
    if (givenBy !== undefined) throw refuse(`${result.reason}.`, result.nextStep, result.cause)
    passedOver.push({ choice, reason: result.reason })
    lastStep = result.nextStep
  }
  throw refuse(
    `There is nothing to be had for ${part}: ${passedOver.map(({ choice, reason }) => `${choice} (${reason})`).join(', ')}.`,
    lastStep,
    undefined,
  )
}
