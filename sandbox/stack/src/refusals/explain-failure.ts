import { existsSync, statfsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { lastLines } from '../last-lines.ts'
import { localFolder } from '../paths.ts'

/** Why something went wrong, as far as it can be told, and what a person can do. */
export interface Explanation {
  /** One sentence; undefined when only the log knows. */
  reason: string | undefined
  nextStep: string
}

/** Less than this is as good as nothing: a database or a log needs more for its next write. */
const FULL_BELOW_BYTES = 256 * 1024

const DISK_FULL: Explanation = {
  reason: 'The disk is full.',
  nextStep: 'Make room, then run the same command again; `npm run doctor` shows how much is left.',
}

/** What the programs of a stack say when they meet one of these, by their own words. */
const SIGNS: readonly (readonly [sign: RegExp, explanation: Explanation])[] = [
  [
    /ENOSPC|EDQUOT|no space left on device|disk (is )?full|out of disk space|failed with error 28|errno: 28/i,
    DISK_FULL,
  ],
  [
    /EADDRINUSE|address already in use/i,
    {
      reason: 'Another program has taken its port in the meantime.',
      nextStep: '`npm run doctor` names that program: end it, or move the stack with `--port-base 19000`.',
    },
  ],
  [
    /ERR_MODULE_NOT_FOUND|Cannot find (module|package)/,
    {
      reason: 'A package is missing.',
      nextStep: 'Delete node_modules and run the same command again: it installs them anew.',
    },
  ],
  [
    /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    {
      reason: 'It may not read or write one of its files.',
      nextStep:
        'Look at the owner of .local and of the file named above; a start by root or by `sudo` leaves such files.',
    },
  ],
]

const RESET = 'npm run stack -- reset'
const EXAMINE = `\`npm run doctor\` examines this machine; \`${RESET}\` starts from nothing.`
const UNKNOWN: Explanation = { reason: undefined, nextStep: `Read the lines above and the log. ${EXAMINE}` }
const SILENT: Explanation = {
  reason: 'It has left no word in its log.',
  nextStep: `Run the same command again. ${EXAMINE}`,
}

/** Whether the disk that holds a folder has no room left. */
function isFull(folder: string): boolean {
  let existing = folder
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing)
  try {
    const { bavail, bsize } = statfsSync(existing)
    return bavail * bsize < FULL_BELOW_BYTES
  } catch {
    return false
  }
}

/**
 * Why a part or a step has failed, read from its last words, and what to do about it. A full disk leaves no words: there
 * was no room for them, so the disk itself is asked.
 *
 * @param folder where it keeps its files
 */
export function explainFailure(words: readonly string[], folder: string): Explanation {
  const text = words.join('\n')
  const sign = SIGNS.find(([pattern]) => pattern.test(text))
  if (sign !== undefined) return sign[1]
  if (isFull(folder)) return DISK_FULL
  return words.length === 0 ? SILENT : UNKNOWN
}

/**
 * What a person is told of a process that failed: one sentence with the reason, if it can be told, and the details of
 * its StackError.
 *
 * @param sentence what happened
 * @param logFile where the process wrote
 * @param count how many of its last lines to show
 */
export function describeFailedProcess(
  sentence: string,
  logFile: string,
  count?: number,
): { message: string; details: { logFile: string; lastLines: string[]; nextStep: string } } {
  const lines = lastLines(logFile, count)
  const { reason, nextStep } = explainFailure(lines, dirname(logFile))
  return {
    message: reason === undefined ? sentence : `${sentence} ${reason}`,
    details: { logFile, lastLines: lines, nextStep: nextStep.replace(RESET, resetOf(logFile)) },
  }
}

/** The command for the stack whose log it is: without its name it would delete another one's data. */
function resetOf(logFile: string): string {
  const folder = dirname(dirname(logFile))
  const name = basename(folder)
  return dirname(folder) === localFolder && name !== 'dev' ? `${RESET} --name ${name}` : RESET
}

/**
 * What an error of the system itself means for a person: a full disk, a file that may not be written. Undefined for
 * any other error, whose stack is then worth more.
 */
export function explainSystemError(error: unknown): { message: string; nextStep: string } | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { message: DISK_FULL.reason ?? '', nextStep: DISK_FULL.nextStep }
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return {
      message: `${path ?? 'A file of the stack'} can't be written${code === 'EROFS' ? ': its disk is read-only' : ''}.`,
      nextStep:
        'Look at its owner and rights: a start by root or by `sudo` leaves files that others may not touch.',
    }
  }
  return undefined
}
