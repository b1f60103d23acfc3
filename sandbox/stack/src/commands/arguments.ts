import { parseArgs } from 'node:util'
import { StackError } from '../errors.ts'
import { choiceOptions, choiceUsage, readChoiceFlags } from '../picking/choice-flags.ts'
import type { ForcedChoices } from '../picking/pick.ts'
import { assertSiteHosts, localhostOnly, type SiteHosts } from '../site-hosts.ts'
import { assertStackName } from '../stack-name.ts'

const USAGE = `Usage: npm run stack -- <command> [--name NAME] [--port-base N] [--json]

  up        start everything in the background [--apps dev|start|none] [--only part,part]
            [--tt-host tt.test] [--ah-host ah.test]: what the browser calls the apps
${choiceUsage.map((line) => `            ${line}`).join('\n')}
            Without these flags, the first that works on this machine; the end of the start says which, and why.
  down      stop it
  status    what runs, and where
  reset     stop it and delete its data
  seed      --linked-buyers N: new buyers with linked accounts on both apps [--run ID]
  run-app   tt|ah -- command …: run a command of an app with the app's variables`

export interface StackArguments {
  command: string
  positionals: string[]
  /** What follows `--`. */
  rest: string[]
  name: string
  portBase: number | undefined
  apps: 'dev' | 'start' | 'none'
  only: string[] | undefined
  /** undefined: neither app was given a name. */
  hosts: SiteHosts | undefined
  /** The parts that were asked for; empty: the first that works of each. */
  choices: ForcedChoices
  json: boolean
  linkedBuyers: number | undefined
  run: string | undefined
}

/** What every command takes: whoever repeats the flags of his stack is understood. */
const COMMON_FLAGS = ['name', 'port-base']
const START_FLAGS = ['tt-host', 'ah-host', ...Object.keys(choiceOptions)]
const FLAGS: Record<string, readonly string[]> = {
  up: [...START_FLAGS, 'apps', 'only', 'json'],
  supervise: [...START_FLAGS, 'apps', 'only'],
  dev: START_FLAGS,
  down: ['json'],
  status: ['json'],
  reset: ['json'],
  seed: ['linked-buyers', 'run', 'json'],
  'run-app': [],
}

/**
 * Refuses what a command would not look at: `reset two` is meant for the stack `two`, and would delete the data of `dev`.
 *
 * @throws StackError `bad-arguments`
 */
function assertUnderstood(command: string, words: readonly string[], flags: readonly string[]): void {
  const known = FLAGS[command]
  if (known === undefined) return
  const [word] = words.slice(command === 'run-app' ? 1 : 0)
  if (word !== undefined) {
    throw new StackError('bad-arguments', `"${word}" means nothing to ${command}.`, {
      nextStep: `Is it the name of a stack? Then: --name ${word}`,
    })
  }
  const flag = flags.find((each) => !COMMON_FLAGS.includes(each) && !known.includes(each))
  if (flag === undefined) return
  throw new StackError('bad-arguments', `--${flag} means nothing to ${command}.`, { nextStep: USAGE })
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) {
    throw new StackError('bad-arguments', `--${flag} needs a whole number, not "${text}".`, {
      nextStep: USAGE,
    })
  }
  return Number(text)
}

function siteHosts(tt: string | undefined, ah: string | undefined): SiteHosts | undefined {
  if (tt === undefined && ah === undefined) return undefined
  const hosts = { tt: tt ?? localhostOnly.tt, ah: ah ?? localhostOnly.ah }
  assertSiteHosts(hosts)
  return hosts
}

/**
 * Reads the command line of `stack`. The name can also come from STACK_NAME, which `npm run dev` sets for the apps it
 * starts.
 *
 * @throws StackError `bad-arguments` with the usage
 */
export function parseStackArguments(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): StackArguments {
  // What follows `--` belongs to another program and may look like our own options.
  const divider = argv.indexOf('--')
  const own = divider < 0 ? argv : argv.slice(0, divider)
  const rest = divider < 0 ? [] : argv.slice(divider + 1)
  let parsed: ReturnType<typeof read>
  try {
    parsed = read(own)
  } catch (error) {
    throw new StackError('bad-arguments', (error as Error).message, { nextStep: USAGE })
  }
  const { values, positionals } = parsed
  const [command, ...others] = positionals
  if (command === undefined) throw new StackError('bad-arguments', 'What shall be done?', { nextStep: USAGE })
  assertUnderstood(command, others, Object.keys(values))
  const apps = values.apps ?? 'dev'
  if (apps !== 'dev' && apps !== 'start' && apps !== 'none') {
    throw new StackError('bad-arguments', `--apps is dev, start or none, not "${apps}".`, { nextStep: USAGE })
  }
  const name = values.name ?? env.STACK_NAME ?? 'dev'
  assertStackName(name)
  return {
    command,
    positionals: others,
    rest: [...rest],
    name,
    portBase: wholeNumber('port-base', values['port-base']),
    apps,
    only: values.only?.split(','),
    hosts: siteHosts(values['tt-host'], values['ah-host']),
    choices: readChoiceFlags(values),
    json: values.json ?? false,
    linkedBuyers: wholeNumber('linked-buyers', values['linked-buyers']),
    run: values.run,
  }
}

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      'port-base': { type: 'string' },
      apps: { type: 'string' },
      only: { type: 'string' },
      'tt-host': { type: 'string' },
      'ah-host': { type: 'string' },
      json: { type: 'boolean' },
      'linked-buyers': { type: 'string' },
      run: { type: 'string' },
      ...choiceOptions,
    },
  })
}

/** The usage, for an unknown command. */
export const usage = USAGE
