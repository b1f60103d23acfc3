import { StackError } from '../errors.ts'
import { type ForcedChoices, inngestChoices, mysqlChoices, stripeChoices } from './pick.ts'

/** For `parseArgs`: the flags with which a person forces a choice, the same for every command that starts a stack. */
export const choiceOptions = {
  mysql: { type: 'string' },
  inngest: { type: 'string' },
  stripe: { type: 'string' },
  real: { type: 'boolean' },
} as const

/** What `parseArgs` makes of them. */
export interface ChoiceFlags {
  mysql?: string | undefined
  inngest?: string | undefined
  stripe?: string | undefined
  real?: boolean | undefined
}

/** For a usage: one line for each flag. */
export const choiceUsage = [
  `--mysql=${mysqlChoices.join('|')}: the databases`,
  `--inngest=${inngestChoices.join('|')}: the Inngest servers; --real is --inngest=real`,
  `--stripe=${stripeChoices.join('|')}: test-mode needs sk_test_… keys`,
] as const

function oneOf<Choice extends string>(
  flag: string,
  choices: readonly Choice[],
  given: string | undefined,
): Choice | undefined {
  if (given === undefined) return undefined
  const found = choices.find((choice) => choice === given)
  if (found !== undefined) return found
  throw new StackError('bad-arguments', `--${flag} is ${choices.join(', ')}, not "${given}".`, {
    nextStep: 'Leave it out: then the first that works is taken.',
  })
}

/**
 * Reads the flags.
 *
 * @throws StackError `bad-arguments` for a choice that doesn't exist, or two at once
 */
export function readChoiceFlags(flags: ChoiceFlags): ForcedChoices {
  const mysql = oneOf('mysql', mysqlChoices, flags.mysql)
  const named = oneOf('inngest', inngestChoices, flags.inngest)
  const stripe = oneOf('stripe', stripeChoices, flags.stripe)
  if (flags.real && named !== undefined && named !== 'real') {
    throw new StackError('bad-arguments', `--real and --inngest=${named} ask for two different servers.`, {
      nextStep: 'Leave one of them out.',
    })
  }
  const inngest = flags.real ? 'real' : named
  return {
    ...(mysql === undefined ? {} : { mysql }),
    ...(inngest === undefined ? {} : { inngest }),
    ...(stripe === undefined ? {} : { stripe }),
  }
}

/** The flags that ask for these choices: for a command that starts another one. */
export function choiceArguments({ mysql, inngest, stripe }: ForcedChoices): string[] {
  return Object.entries({ mysql, inngest, stripe }).flatMap(([flag, choice]) =>
    choice === undefined ? [] : [`--${flag}=${choice}`],
  )
}
