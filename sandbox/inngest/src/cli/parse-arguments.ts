import { parseArgs } from 'node:util'
import { StartError } from '../errors.ts'
import type { InngestServerOptions } from '../start-server.ts'

export const usage = `A stand-in for an Inngest server, for local use.

  node sandbox/inngest/src/main.ts dev   [flags]
  node sandbox/inngest/src/main.ts start --event-key KEY --signing-key HEX [flags]
  node sandbox/inngest/src/main.ts clock [--port N] [--advance 3h | --to 2031-01-01T09:00:00Z]

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
  --poll-interval S      how often to look for new functions (5)

The ports of the parts this one does not have are accepted, so that one command line serves both:
  --connect-gateway-port, --connect-gateway-grpc-port, --connect-executor-grpc-port

clock tells the time of a server in dev mode, or puts it forward: long sleeps and crons are due at once.
`

const defaultPort = 8288
const defaultDirectory = './.inngest'

/** What the command line asks for. */
export type Command =
  | { kind: 'help' }
  | { kind: 'run'; options: InngestServerOptions }
  | { kind: 'clock'; url: string; jump: Record<string, string> | undefined }

/**
 * Reads the command line, with the flag names of the real server.
 *
 * @throws StartError for an unknown flag or a malformed value, naming it
 */
export function parseArguments(words: string[]): Command {
  const [mode, ...rest] = words
  if (mode === 'help' || words.includes('--help') || words.includes('-h')) return { kind: 'help' }
  if (mode === 'clock') return parseClock(rest)
  if (mode !== 'dev' && mode !== 'start') {
    throw new StartError(
      `The first argument must be "dev" or "start" (or "clock"), not ${JSON.stringify(mode ?? '')}. See --help.`,
    )
  }
  const values = readFlags(rest)
  const retrySeconds = readNumber('--retry-interval', values['retry-interval'])
  readNumber('--tick', values.tick)
  const pollSeconds = readNumber('--poll-interval', values['poll-interval'])
  return {
    kind: 'run',
    options: {
      mode,
      host: values.host ?? '127.0.0.1',
      port: readPort(values.port),
      appUrls: (values['sdk-url'] ?? []).map(readUrl),
      poll: !values['no-poll'],
      sqliteDirectory: values['sqlite-dir'] ?? defaultDirectory,
      ...(pollSeconds === undefined ? {} : { pollIntervalMs: pollSeconds * 1000 }),
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
        'poll-interval': { type: 'string' },
        'connect-gateway-port': { type: 'string' },
        'connect-gateway-grpc-port': { type: 'string' },
        'connect-executor-grpc-port': { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

/** Reads `clock [--host H] [--port N] [--advance 3h | --to DATE]`. */
function parseClock(words: string[]): Command {
  const { host, port, ...jump } = readClockFlags(words)
  const given = Object.entries(jump).filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (given.length > 1) throw new StartError('Give --advance or --to, not both.')
  return {
    kind: 'clock',
    url: `http://${host ?? '127.0.0.1'}:${readPort(port)}/dev/clock`,
    jump: given.length === 0 ? undefined : Object.fromEntries(given),
  }
}

function readClockFlags(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        host: { type: 'string' },
        port: { type: 'string', short: 'p' },
        advance: { type: 'string' },
        to: { type: 'string' },
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
