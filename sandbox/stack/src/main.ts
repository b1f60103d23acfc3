/**
 * The command line of the local stack: `npm run stack -- up|down|status|reset|seed|run-app`. See `usage`.
 */
import { existsSync, rmSync } from 'node:fs'
import { parseStackArguments, type StackArguments, usage } from './commands/arguments.ts'
import { stopRunningStack } from './commands/down.ts'
import { runApp } from './commands/run-app.ts'
import { printStatus, stackStatus } from './commands/status.ts'
import { supervise } from './commands/supervise.ts'
import { up } from './commands/up.ts'
import { removeComposeProject } from './docker/leftover-containers.ts'
import { describeError, StackError } from './errors.ts'
import { stackFolder } from './paths.ts'
import { seedLinkedBuyers } from './stack/seed-linked-buyers.ts'

/** A result, for a person or, with --json, for a program. */
function report(args: StackArguments, sentence: string, value: unknown): void {
  console.log(args.json ? JSON.stringify(value) : sentence)
}

async function main(): Promise<void> {
  const args = parseStackArguments(process.argv.slice(2))
  switch (args.command) {
    case 'up':
      return up(args)
    case 'supervise':
      return supervise(args)
    case 'run-app':
      return runApp(args)
    case 'down': {
      const stopped = await stopRunningStack(args.name)
      return report(args, `The stack "${args.name}" ${stopped ? 'is stopped' : 'was not running'}.`, {
        stopped,
      })
    }
    case 'status': {
      const status = await stackStatus(args.name)
      if (args.json) console.log(JSON.stringify(status))
      else printStatus(status)
      return
    }
    case 'reset': {
      const folder = stackFolder(args.name)
      const stopped = await stopRunningStack(args.name)
      const existed = existsSync(folder)
      await removeComposeProject(args.name)
      // The database of a supervisor that was killed a moment ago may still be writing its last files.
      rmSync(folder, { recursive: true, force: true, maxRetries: 8 })
      return report(
        args,
        `The data of the stack "${args.name}" ${existed ? 'is deleted' : 'was not there'}.`,
        {
          stopped,
          deleted: existed,
        },
      )
    }
    case 'seed': {
      if (args.linkedBuyers === undefined) {
        throw new StackError('bad-arguments', 'How many buyers?', {
          nextStep: 'npm run stack -- seed --linked-buyers 10',
        })
      }
      const buyers = await seedLinkedBuyers({
        name: args.name,
        count: args.linkedBuyers,
        ...(args.run === undefined ? {} : { runId: args.run }),
      })
      return report(
        args,
        `${buyers.length} linked buyers: ${buyers[0]?.ttEmail} to ${buyers.at(-1)?.ttEmail}`,
        buyers,
      )
    }
    default:
      throw new StackError('bad-arguments', `There is no command ${args.command}.`, { nextStep: usage })
  }
}

main().catch((error: unknown) => {
  console.error(describeError(error))
  process.exit(1)
})
