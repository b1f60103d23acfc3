import { explainSystemError } from './refusals/explain-failure.ts'

/** What kind of thing went wrong; the command line prints the message and exits 1, libraries may tell them apart. */
export type StackErrorCode =
  | 'port-taken'
  | 'part-failed'
  | 'no-mysql'
  | 'not-available'
  | 'database-refused'
  | 'no-browser'
  | 'not-running'
  | 'already-running'
  | 'bad-arguments'
  | 'step-failed'

/**
 * A failure that a person can act on. `message` says what happened, `nextStep` what to do about it; `logFile` and
 * `lastLines` point to the cause when a process left any.
 */
export class StackError extends Error {
  readonly code: StackErrorCode
  readonly nextStep: string | undefined
  readonly logFile: string | undefined
  readonly lastLines: readonly string[]
  readonly part: string | undefined

  constructor(
    code: StackErrorCode,
    message: string,
    details: {
      nextStep?: string
      logFile?: string
      lastLines?: readonly string[]
      part?: string
      cause?: unknown
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'StackError'
    this.code = code
    this.nextStep = details.nextStep
    this.logFile = details.logFile
    this.lastLines = details.lastLines ?? []
    this.part = details.part
  }
}

/** The error as lines for a terminal: what, the last log lines, the log file, what to do next. */
export function describeError(error: unknown): string {
  if (!(error instanceof StackError)) {
    const system = explainSystemError(error)
    if (system !== undefined) return `${system.message}\nNext step: ${system.nextStep}`
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  const lines = [error.message]
  if (error.lastLines.length > 0) {
    lines.push('', ...error.lastLines.map((line) => `  │ ${line}`), '')
  }
  if (error.logFile) lines.push(`Log: ${error.logFile}`)
  if (error.nextStep) lines.push(`Next step: ${error.nextStep}`)
  return lines.join('\n')
}
