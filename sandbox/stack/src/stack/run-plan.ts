import type { StackError } from '../errors.ts'
import { runSteps, type Step } from './run-steps.ts'

/**
 * Runs the steps of a start. A part that dies by itself meanwhile is the cause of what fails after it, and a start with a
 * dead part is none, even if every step went well.
 *
 * @throws the death of a part if there was one, else the first error of a step
 */
export async function runPlan(
  steps: readonly Step[],
  firstDeath: () => StackError | undefined,
): Promise<void> {
  try {
    await runSteps(steps)
  } catch (error) {
    throw firstDeath() ?? error
  }
  const death = firstDeath()
  if (death !== undefined) throw death
}
