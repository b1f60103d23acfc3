import { probeDocker } from '../docker/probe-docker.ts'
import { findProgram } from '../picking/find-program.ts'
import { askVersion } from './ask-version.ts'
import { type Finding, note, ok } from './finding.ts'

interface OptionalProgram {
  name: string
  title: string
  versionArguments: readonly string[]
  /** What does its work when it isn't here. */
  instead: string
}

const PROGRAMS: readonly OptionalProgram[] = [
  { name: 'inngest', title: 'Inngest CLI', versionArguments: ['version'], instead: 'the Inngest stand-in' },
  { name: 'stripe', title: 'Stripe CLI', versionArguments: ['version'], instead: 'the Stripe stand-in' },
  {
    name: 'go',
    title: 'Go',
    versionArguments: ['version'],
    instead: 'one test of the Stripe stand-in is skipped',
  },
]

/** Docker is only a note when it is installed and can't be used: whoever has it may count on it. */
async function describeDocker(): Promise<Finding[]> {
  if (findProgram('docker') === undefined) return []
  const docker = await probeDocker()
  return [
    docker.ok
      ? ok(`Docker ${docker.version}.`)
      : note(
          `Docker is installed and can't be used: ${docker.reason}. Everything works without it.`,
          docker.nextStep,
        ),
  ]
}

/** Programs that are used when they are there, and not missed when they aren't. */
export async function checkPrograms(signal: AbortSignal): Promise<Finding[]> {
  const docker = describeDocker()
  const found = await Promise.all(
    PROGRAMS.map(async (wanted) => {
      const program = findProgram(wanted.name)
      const version =
        program === undefined ? undefined : await askVersion(program, wanted.versionArguments, { signal })
      return { ...wanted, version }
    }),
  )
  const here = found.filter(({ version }) => version !== undefined)
  const missing = found.filter(({ version }) => version === undefined)
  return [
    ...(await docker),
    ...here.map(({ title, version }) => ok(`${title} ${version}`.trimEnd().concat('.'))),
    ...(missing.length === 0
      ? []
      : [
          ok(
            `Not here, and not needed: ${missing.map(({ title, instead }) => `${title} (${instead})`).join(', ')}.`,
          ),
        ]),
  ]
}
