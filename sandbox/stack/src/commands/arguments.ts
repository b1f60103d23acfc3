import { parseArgs } from 'node:util'
import { StackError } from '../errors.ts'
import { assertSiteHosts, localhostOnly, type SiteHosts } from '../site-hosts.ts'

const USAGE = `Usage: npm run stack -- <command> [--name NAME] [--port-base N] [--json]

  up        start everything in the background [--apps dev|start|none] [--only part,part]
            [--tt-host tt.test] [--ah-host ah.test]: what the browser calls the apps
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
  json: boolean
  linkedBuyers: number | undefined
  run: string | undefined
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
  const apps = values.apps ?? 'dev'
  if (apps !== 'dev' && apps !== 'start' && apps !== 'none') {
    throw new StackError('bad-arguments', `--apps is dev, start or none, not "${apps}".`, { nextStep: USAGE })
  }
  return {
    command,
    positionals: others,
    rest: [...rest],
    name: values.name ?? env.STACK_NAME ?? 'dev',
    portBase: wholeNumber('port-base', values['port-base']),
    apps,
    only: values.only?.split(','),
    hosts: siteHosts(values['tt-host'], values['ah-host']),
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
    },
  })
}

/** The usage, for an unknown command. */
export const usage = USAGE
