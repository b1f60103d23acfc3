import { StackError } from '../errors.ts'
import type { Guard, GuardedCommand, GuardedProcess } from '../guard/guard.ts'
import type { PartName } from '../ports/ports-of.ts'
import { describeFailedProcess } from '../refusals/explain-failure.ts'
import { waitUntil } from '../wait-until.ts'

/**
 * Starts a process that serves HTTP and waits until it answers.
 *
 * @param readyUrl is asked until it gives any answer that `isReady` accepts; below 500 unless told
 * @throws StackError `part-failed` with the last log lines, when it ends or doesn't get ready in time; it is stopped then
 */
export async function startHttpPart({
  guard,
  name,
  command,
  readyUrl,
  deadlineMs = 60_000,
  isReady = (status) => status < 500,
}: {
  guard: Guard
  name: PartName
  command: GuardedCommand & { logFile: string }
  readyUrl: string
  deadlineMs?: number
  isReady?: (status: number) => boolean
}): Promise<GuardedProcess> {
  const failure = (sentence: string, cause?: unknown) => {
    const { message, details } = describeFailedProcess(sentence, command.logFile)
    return new StackError('part-failed', message, { ...details, part: name, cause })
  }
  let process_: GuardedProcess
  try {
    process_ = await guard.start(command)
  } catch (error) {
    throw failure(`The part ${name} could not be started: ${(error as Error).message}`, error)
  }
  let end: { code: number | null; signal: string | null } | undefined
  void process_.ended.then((how) => {
    end = how
  })
  let lastAnswer = 'no answer'
  try {
    await waitUntil(
      async () => {
        if (end !== undefined) return true
        const response = await fetch(readyUrl, {
          redirect: 'manual',
          signal: AbortSignal.timeout(deadlineMs),
        })
        lastAnswer = `status ${response.status}: ${(await response.text()).slice(0, 300)}`
        return isReady(response.status)
      },
      { deadlineMs, everyMs: 60, describe: `A good answer from ${readyUrl}` },
    )
  } catch (error) {
    await process_.stop(2_000)
    throw failure(
      `The part ${name} did not get ready within ${deadlineMs / 1000} s; last: ${lastAnswer}.`,
      error,
    )
  }
  if (end !== undefined) {
    throw failure(`The part ${name} ended at its start (${end.signal ?? `code ${end.code}`}).`)
  }
  return process_
}
