import { stopLeftoverContainers } from '../docker/leftover-containers.ts'
import { StackError } from '../errors.ts'
import { lockOwner } from '../lock-file.ts'
import { isRunning } from '../process-identity.ts'
import { stackLockFile } from '../stack-info.ts'
import { waitUntil } from '../wait-until.ts'

/**
 * Stops the stack of a name, whoever runs it: the process that holds its lock, told apart by number and start time.
 *
 * @returns false when none was running
 */
export async function stopRunningStack(name: string): Promise<boolean> {
  const owner = lockOwner(stackLockFile(name))
  // Without a supervisor there may still be containers, if its guard was killed with it.
  if (owner === undefined) return stopLeftoverContainers(name)
  process.kill(owner.pid, 'SIGTERM')
  const gone = () => !isRunning(owner)
  try {
    await waitUntil(gone, { deadlineMs: 25_000, describe: 'The end of the stack' })
  } catch {
    // Its guard ends the parts in any case.
    process.kill(owner.pid, 'SIGKILL')
    await waitUntil(gone, { deadlineMs: 5_000, describe: 'The end of the stack' }).catch((error: unknown) => {
      throw new StackError(
        'part-failed',
        `Process ${owner.pid}, which runs the stack ${name}, can't be stopped.`,
        {
          cause: error,
        },
      )
    })
  }
  await stopLeftoverContainers(name)
  return true
}
