import { StackError } from '../errors.ts'
import type { StackInfo } from '../stack-info.ts'
import type { Stack } from './stack.ts'

/** A stack that another process runs: it can be used, and its parts can't be touched. */
export function alreadyRunningStack(info: StackInfo): Stack {
  const refuse = async () => {
    throw new StackError(
      'already-running',
      `The stack ${info.name} is run by another process, so its parts are not ours to stop or start.`,
      { nextStep: `Stop it with \`npm run stack -- down --name ${info.name}\` and start it from here.` },
    )
  }
  return {
    info,
    alreadyRunning: true,
    parts: [],
    roads: undefined,
    notes: [],
    stop: async () => undefined,
    stopPart: refuse,
    startPart: refuse,
    killPart: refuse,
    pausePart: refuse,
    resumePart: refuse,
  }
}
