import { StackError } from '../errors.ts'
import { type Finding, note, problem, type Section } from './finding.ts'

/** One part of the examination. It gives up its connections and programs when `signal` says so. */
export interface Check {
  title: string
  run: (signal: AbortSignal) => Promise<Finding[]>
}

function describe(title: string, error: unknown): Finding {
  if (error instanceof StackError) {
    return problem(error.message.split('\n')[0] ?? error.message, error.nextStep ?? 'See the message.')
  }
  const reason = error instanceof Error ? error.message : String(error)
  return note(
    `"${title}" could not be examined: ${reason}`,
    'Run it again; if it stays, this is a defect of doctor.',
  )
}

async function runOne({ title, run }: Check, limitMs: number): Promise<Section> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(() => {
      controller.abort()
      resolve([
        note(
          `"${title}" was not known within ${(limitMs / 1_000).toFixed(1)} s.`,
          'The machine is busy, or a program never answers: `npm run doctor -- --patience 20` waits longer.',
        ),
      ])
    }, limitMs)
  })
  try {
    return { title, findings: await Promise.race([run(controller.signal), late]) }
  } catch (error) {
    return { title, findings: [describe(title, error)] }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Runs all checks at the same time, each with the same time of its own; what fails or is late becomes a finding. The
 * order of the report is that of the checks.
 */
export function runChecks(checks: readonly Check[], limitMs: number): Promise<Section[]> {
  return Promise.all(checks.map((check) => runOne(check, limitMs)))
}
