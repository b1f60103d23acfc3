import { styleText } from 'node:util'

export type StepRecord = { name: string; ok: boolean; ms: number }

/** Names the step that failed, for the last lines a person reads. */
export class StepFailed extends Error {
  readonly step: string
  readonly reason: string

  constructor(step: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`${step}: ${reason}`, { cause })
    this.step = step
    this.reason = reason
  }
}

export type StepRecorder = ReturnType<typeof createStepRecorder>

/** Runs steps one after the other, prints each with its milliseconds, and keeps the record for `--json`. */
export function createStepRecorder(print: (line?: string) => void) {
  const steps: StepRecord[] = []
  return {
    steps,
    async step<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
      const started = performance.now()
      const record = (ok: boolean): StepRecord => {
        const entry = { name, ok, ms: Math.round(performance.now() - started) }
        steps.push(entry)
        return entry
      }
      try {
        const result = await act()
        const { ms } = record(true)
        print(`  ${styleText('green', '✓')} ${name.padEnd(64)} ${styleText('dim', `${ms} ms`.padStart(9))}`)
        return result
      } catch (error) {
        const { ms } = record(false)
        print(`  ${styleText('red', '✗')} ${name.padEnd(64)} ${styleText('dim', `${ms} ms`.padStart(9))}`)
        throw error instanceof StepFailed ? error : new StepFailed(name, error)
      }
    },
  }
}
