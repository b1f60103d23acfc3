/**
 * The Discord stand-in as a process: `node main.ts --port N --seed FILE.json`. See the README.
 */
import { parseArgs } from 'node:util'
import { readDiscordSeedFile, SeedError, startDiscord } from './index.ts'

const USAGE = 'Usage: node sandbox/discord/src/main.ts --port N --seed FILE.json'

/** The command line is wrong. */
class UsageError extends Error {}

function readCommandLine(): { port: number; seed: string } {
  let values: { port?: string | undefined; seed?: string | undefined }
  try {
    ;({ values } = parseArgs({ options: { port: { type: 'string' }, seed: { type: 'string' } } }))
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  const { port, seed } = values
  if (port === undefined || seed === undefined) throw new UsageError('--port and --seed are needed.')
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port needs a number from 0 to 65535, not "${port}".`)
  }
  return { port: Number(port), seed }
}

async function main(): Promise<void> {
  const { port, seed } = readCommandLine()
  const discord = await startDiscord({ port, ...readDiscordSeedFile(seed) })
  let closing = false
  const stop = () => {
    if (closing) return
    closing = true
    discord.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.stdout.write(`discord stand-in ready at ${discord.url}\n`)
}

/** One clear message with the next step; a stack only for what is nobody's mistake. */
function describe(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n${USAGE}`
  if (error instanceof SeedError) return `${error.message}\nCorrect the seed file and start again.`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is already taken. Stop what uses it, or choose another with --port.'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

main().catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`)
  process.exit(1)
})
