import { endWithParent } from '../end-with-parent.ts'
import { describeError, StackError } from '../errors.ts'
import type { PartName } from '../ports/ports-of.ts'
import type { StackProgress } from '../stack/progress.ts'
import { type PartStatus, startStack } from '../stack/start-stack.ts'
import type { StackInfo } from '../stack-info.ts'
import type { StackArguments } from './arguments.ts'

/** What the process in the background tells the command that started it. */
export type SupervisorMessage =
  | { type: 'progress'; progress: StackProgress }
  | { type: 'up'; info: StackInfo; parts: readonly PartStatus[]; alreadyRunning: boolean }
  | { type: 'failed'; text: string; lastLines: readonly string[] }

function tell(message: SupervisorMessage): void {
  // Whoever started us may have been interrupted; then there is nobody to tell.
  if (process.connected) process.send?.(message, () => undefined)
}

/**
 * Runs a stack in this process until it is asked to end: the part of `stack up` that stays. Not for people. As long as
 * the stack isn't up, it also ends when the command that started it is gone.
 */
export async function supervise(args: StackArguments): Promise<void> {
  let up = false
  let stopStack: (() => Promise<void>) | undefined
  const end = async () => {
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
      onProgress(progress) {
        console.log(JSON.stringify(progress))
        tell({ type: 'progress', progress })
      },
    })
    stopStack = stack.stop
    up = true
    tell({ type: 'up', info: stack.info, parts: stack.parts, alreadyRunning: stack.alreadyRunning })
    if (stack.alreadyRunning) process.exit(0)
    console.log('up')
    // The guard's pipes keep this process alive until it is stopped.
  } catch (error) {
    console.error(error)
    const message: SupervisorMessage = {
      type: 'failed',
      text: describeError(error),
      lastLines: error instanceof StackError ? error.lastLines : [],
    }
    if (process.connected) process.send?.(message, () => process.exit(1))
    else process.exit(1)
  }
}
