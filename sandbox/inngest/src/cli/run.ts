import { startInngestServer } from '../start-server.ts'
import { moveClock } from './move-clock.ts'
import { parseArguments, usage } from './parse-arguments.ts'

/**
 * Does what the command line asks for; a server it starts goes on until SIGTERM or SIGINT.
 *
 * @throws StartError when it can't be done; the message is for people
 */
export async function run(words: string[]): Promise<void> {
  const command = parseArguments(words)
  if (command.kind === 'help') {
    process.stdout.write(usage)
    return
  }
  if (command.kind === 'clock') {
    process.stdout.write(`${await moveClock(command.url, command.jump)}\n`)
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
      (error: unknown) => {
        process.stderr.write(`inngest stand-in: ${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.stdout.write(
    `inngest stand-in (${options.mode}) ready on ${server.url}, state in ${options.sqliteDirectory}\n`,
  )
}
