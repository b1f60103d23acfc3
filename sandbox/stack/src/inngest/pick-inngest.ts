import { type Attempt, type Candidate, firstThatWorks, type Picked } from '../picking/first-that-works.ts'
import type { InngestChoice } from '../picking/pick.ts'
import { SAME_EVERYWHERE } from '../picking/stand-in-services.ts'
import { inngestVersion, isAtLeast, PINNED_INNGEST } from './inngest-version.ts'

/** Where both apps' Inngest servers come from. */
export type InngestSource = { kind: 'program'; program: string } | { kind: 'docker' } | { kind: 'embedded' }

/** What can be had, asked only as far as it is needed. */
export interface InngestSearch {
  /** INNGEST_BIN. */
  given: string | undefined
  /** Whether only what is given may be taken: see `StartStackOptions.choices`. */
  sameEverywhere: boolean
  findOnPath: () => string | undefined
  tryDocker: (forced: boolean) => Promise<Attempt<InngestSource>>
  /** Fetches the pinned one. */
  fetchReal: () => Promise<{ program: string; version: string }>
}

const real = (program: string, version: string, origin: string): Attempt<InngestSource> => ({
  ok: true,
  what: `Inngest server ${version}, ${origin}`,
  version,
  source: { kind: 'program', program },
})

/**
 * Picks the Inngest server for both apps: the given program, the one on PATH, Docker's, the embedded one. The pinned one
 * is fetched only when it is asked for.
 *
 * @throws StackError `not-available` when a given or forced one can't be had
 */
export function pickInngest(
  search: InngestSearch,
  forced: InngestChoice | undefined,
): Promise<Picked<InngestChoice, InngestSource>> {
  const { given, sameEverywhere } = search
  const notLookedFor: Attempt<InngestSource> = {
    ok: false,
    reason: SAME_EVERYWHERE,
    nextStep: '',
  }
  const candidates: Candidate<InngestChoice, InngestSource>[] = [
    {
      choice: 'binary',
      ...(given === undefined ? {} : { givenBy: 'INNGEST_BIN' }),
      async attempt() {
        if (given === undefined) {
          const nextStep = 'Set INNGEST_BIN to the program of an Inngest server.'
          return { ok: false, reason: 'INNGEST_BIN is not set', nextStep }
        }
        try {
          return real(given, await inngestVersion(given), 'given by INNGEST_BIN')
        } catch (cause) {
          return {
            ok: false,
            reason: `the Inngest server given by INNGEST_BIN does not run: ${given}`,
            nextStep: 'Correct INNGEST_BIN, or remove it: then the embedded server is used.',
            cause,
          }
        }
      },
    },
    {
      choice: 'installed',
      async attempt(asked) {
        if (sameEverywhere && !asked) return notLookedFor
        const nextStep = `Install it with \`npm install -g inngest-cli@${PINNED_INNGEST}\`, or use --real.`
        const program = search.findOnPath()
        if (program === undefined) return { ok: false, reason: 'there is no `inngest` on PATH', nextStep }
        let version: string
        try {
          version = await inngestVersion(program)
        } catch (cause) {
          return { ok: false, reason: `${program} does not run`, nextStep, cause }
        }
        // Older ones lack flags that the stack gives; whoever asks for one may still try it.
        if (!asked && !isAtLeast(version, PINNED_INNGEST)) {
          return { ok: false, reason: `${program} is ${version}, older than ${PINNED_INNGEST}`, nextStep }
        }
        return real(program, version, 'installed')
      },
    },
    {
      choice: 'docker',
      attempt: (asked) => (sameEverywhere && !asked ? notLookedFor : search.tryDocker(asked)),
    },
    {
      choice: 'real',
      async attempt(asked) {
        if (!asked) {
          return { ok: false, reason: 'fetched only when asked for with --real', nextStep: 'Use --real.' }
        }
        try {
          const { program, version } = await search.fetchReal()
          return real(program, version, 'fetched from npm')
        } catch (cause) {
          return {
            ok: false,
            reason: cause instanceof Error ? cause.message : String(cause),
            nextStep:
              'It needs the npm registry and github.com, once. Without them: give a program by INNGEST_BIN, or leave --real out for the embedded server.',
            cause,
          }
        }
      },
    },
    {
      choice: 'embedded',
      attempt: () => ({ ok: true, what: 'Inngest stand-in', version: '', source: { kind: 'embedded' } }),
    },
  ]
  return firstThatWorks({ part: 'inngest', flag: '--inngest', candidates, forced })
}
