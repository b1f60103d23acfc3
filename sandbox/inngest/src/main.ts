import { parseArguments, usage } from './cli/parse-arguments.ts'
import { StartError } from './errors.ts'
import { startInngestServer } from './start-server.ts'

async function main(): Promise<void> {
  const command = parseArguments(process.argv.slice(2))
  if (command.kind === 'help') {
    process.stdout.write(usage)
    return
  }
  const { options } = command
  const server = await startInngestServer({
    ...options,
    log: (line) => process.stderr.write(`inngest stand-in: ${line}\n`),
  })
  const stop = () => {
    server.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.stdout.write(
    `inngest stand-in (${options.mode}) ready on ${server.url}, state in ${options.sqliteDirectory}\n`,
  )
}

function fail(error: unknown): never {
  const message =
    error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`inngest stand-in: ${message}\n`)
  process.exit(1)
}

main().catch(fail)
