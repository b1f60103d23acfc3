import { parseArgs } from 'node:util'
import { StartError } from '../errors.ts'
import type { InngestServerOptions } from '../start-server.ts'

export const usage = `A stand-in for an Inngest server, for local use.

  node sandbox/inngest/src/main.ts dev   [flags]
  node sandbox/inngest/src/main.ts start --event-key KEY --signing-key HEX [flags]

  --host HOST            where to listen (127.0.0.1)
  --port N, -p N         8288; 0 takes any free port
  --sdk-url URL, -u URL  an app's Inngest endpoint; may be repeated
  --no-discovery         accepted: apps are never searched for
  --no-poll              don't look for new functions of registered apps
  --tick MS              accepted: there is no polling tick, a due step starts at once
  --retry-interval S     wait S seconds after each failed attempt instead of the real backoff
  --event-key KEY        start mode: an accepted event key; may be repeated
  --signing-key HEX      start mode: signs calls to apps, guards registration and the read API
  --sqlite-dir DIR       where the state is kept (./.inngest)
`

const defaultPort = 8288
const defaultDirectory = './.inngest'

/** What the command line asks for. */
export type Command = { kind: 'help' } | { kind: 'run'; options: InngestServerOptions }

/**
 * Reads the command line, with the flag names of the real server.
 *
 * @throws StartError for an unknown flag or a malformed value, naming it
 */
export function parseArguments(words: string[]): Command {
  const [mode, ...rest] = words
  if (mode === 'help' || words.includes('--help') || words.includes('-h')) return { kind: 'help' }
  if (mode !== 'dev' && mode !== 'start') {
    throw new StartError(
      `The first argument must be "dev" or "start", not ${JSON.stringify(mode ?? '')}. See --help.`,
    )
  }
  const values = readFlags(rest)
  const retrySeconds = readNumber('--retry-interval', values['retry-interval'])
  readNumber('--tick', values.tick)
  return {
    kind: 'run',
    options: {
      mode,
      host: values.host ?? '127.0.0.1',
      port: readPort(values.port),
      appUrls: (values['sdk-url'] ?? []).map(readUrl),
      poll: !values['no-poll'],
      sqliteDirectory: values['sqlite-dir'] ?? defaultDirectory,
      ...(retrySeconds === undefined ? {} : { retryIntervalMs: retrySeconds * 1000 }),
      ...(values['event-key'] === undefined ? {} : { eventKeys: values['event-key'] }),
      ...(values['signing-key'] === undefined ? {} : { signingKey: values['signing-key'] }),
    },
  }
}

function readFlags(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        host: { type: 'string' },
        port: { type: 'string', short: 'p' },
        'sdk-url': { type: 'string', short: 'u', multiple: true },
        'no-discovery': { type: 'boolean' },
        'no-poll': { type: 'boolean' },
        tick: { type: 'string' },
        'retry-interval': { type: 'string' },
        'event-key': { type: 'string', multiple: true },
        'signing-key': { type: 'string' },
        'sqlite-dir': { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

function readNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new StartError(`${flag} must be a number, 0 or more, not ${JSON.stringify(text)}.`)
}

function readPort(text: string | undefined): number {
  const port = readNumber('--port', text) ?? defaultPort
  if (Number.isInteger(port) && port <= 65_535) return port
  throw new StartError(`--port must be a whole number from 0 to 65535, not ${JSON.stringify(text)}.`)
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new StartError(`-u must be an http or https URL, not ${JSON.stringify(text)}.`)
}
