import { parseArgs } from 'node:util'
import { AccountsError, readAccountsFile } from './accounts.ts'
import { DataFolderError, startStripeSandbox } from './index.ts'

const USAGE = `Usage: node sandbox/stripe/src/main.ts --port N --data-dir DIR --accounts FILE.json
  [--host 127.0.0.1] [--public-url URL] [--shuffle-ms N] [--first-retry-ms N] [--longest-retry-ms N]
  [--webhook-timeout-ms N] [--bank-debit-delay-ms N]`

/** The command line is wrong. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const { values } = parseCommandLine()
  const { port, accounts, 'data-dir': dataDir } = values
  if (port === undefined || accounts === undefined || dataDir === undefined) {
    throw new UsageError('--port, --accounts and --data-dir are needed.')
  }
  const sandbox = await startStripeSandbox({
    accounts: readAccountsFile(accounts),
    dataDir,
    host: values.host,
    port: milliseconds('port', port),
    ...(values['public-url'] === undefined ? {} : { publicUrl: values['public-url'] }),
    ...optional('shuffleMs', 'shuffle-ms', values['shuffle-ms']),
    ...optional('firstRetryMs', 'first-retry-ms', values['first-retry-ms']),
    ...optional('longestRetryMs', 'longest-retry-ms', values['longest-retry-ms']),
    ...optional('webhookTimeoutMs', 'webhook-timeout-ms', values['webhook-timeout-ms']),
    ...optional('bankDebitDelayMs', 'bank-debit-delay-ms', values['bank-debit-delay-ms']),
  })
  let closing = false
  const stop = () => {
    if (closing) return
    closing = true
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.stdout.write(`stripe sandbox ready at ${sandbox.url}\n`)
}

function parseCommandLine() {
  try {
    return parseArgs({
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        accounts: { type: 'string' },
        'public-url': { type: 'string' },
        'shuffle-ms': { type: 'string' },
        'first-retry-ms': { type: 'string' },
        'longest-retry-ms': { type: 'string' },
        'webhook-timeout-ms': { type: 'string' },
        'bank-debit-delay-ms': { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function milliseconds(flag: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new UsageError(`--${flag} needs a whole number, not "${value}".`)
  return Number(value)
}

function optional<K extends string>(name: K, flag: string, value: string | undefined): { [P in K]?: number } {
  if (value === undefined) return {}
  // A computed key widens to `string`; the object has exactly this one key.
  return { [name]: milliseconds(flag, value) } as { [P in K]?: number }
}

main().catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`)
  process.exit(1)
})

/** One clear message with the next step; a stack only for what is nobody's mistake. */
function describe(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n${USAGE}`
  if (error instanceof AccountsError || error instanceof DataFolderError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is already taken. Stop what uses it, or choose another with --port.'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
