import { endWithParent } from '../end-with-parent.ts'
import { describeError } from '../errors.ts'
import type { PartName } from '../ports/ports-of.ts'
import type { StackProgress } from '../stack/progress.ts'
import type { PartStatus } from '../stack/stack.ts'
import { startStack } from '../stack/start-stack.ts'
import type { StackInfo } from '../stack-info.ts'
import type { StackArguments } from './arguments.ts'

/** What the process in the background tells the command that started it. */
export type SupervisorMessage =
  | { type: 'progress'; progress: StackProgress }
  | {
      type: 'up'
      info: StackInfo
      parts: readonly PartStatus[]
      notes: readonly string[]
      alreadyRunning: boolean
    }
  | { type: 'failed'; text: string }

/** @param then called when the message is on its way; a process that ended before would take it along */
function tell(message: SupervisorMessage, then: () => void = () => undefined): void {
  // Whoever started us may have been interrupted; then there is nobody to tell.
  if (process.connected) process.send?.(message, then)
  else then()
}

/**
 * Runs a stack in this process until it is asked to end: the part of `stack up` that stays. Not for people. As long as
 * the stack isn't up, it also ends when the command that started it is gone.
 */
export async function supervise(args: StackArguments): Promise<void> {
  let up = false
  let ending = false
  let stopStack: (() => Promise<void>) | undefined
  const end = async () => {
    ending = true
    await stopStack?.()
    process.exit(0)
  }
  endWithParent(() => void end(), { parentMayLeave: () => up })
  try {
    const stack = await startStack({
      name: args.name,
      apps: args.apps,
      ...(args.portBase === undefined ? {} : { portBase: args.portBase }),
      ...(args.only === undefined ? {} : { only: args.only as PartName[] }),
      ...(args.hosts === undefined ? {} : { hosts: args.hosts }),
      choices: args.choices,
      onBegin(stop) {
        stopStack = stop
      },
      onProgress(progress) {
        console.log(JSON.stringify(progress))
        tell({ type: 'progress', progress })
      },
    })
    up = true
    const { info, parts, notes, alreadyRunning } = stack
    tell({ type: 'up', info, parts, notes, alreadyRunning }, () => {
      if (alreadyRunning) process.exit(0)
    })
    console.log('up')
    // The guard's pipes keep this process alive until it is stopped.
  } catch (error) {
    // What fails because the stack is being stopped is no news.
    if (ending) return
    console.error(error)
    tell({ type: 'failed', text: describeError(error) }, () => process.exit(1))
  }
}
