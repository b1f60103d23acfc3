/**
 * Finds out what would be picked for each part, in a thread of its own: asking programs for their version blocks, and
 * one that hangs must not hold up the rest of the examination.
 */
import { parentPort } from 'node:worker_threads'
import { StackError } from '../errors.ts'
import type { Guard } from '../guard/guard.ts'
import { findInstalledServers } from '../mysql/find-installed-server.ts'
import { describeProgram } from '../mysql/server-program.ts'
import { readOverrides } from '../overrides.ts'
import type { Pick } from '../picking/pick.ts'
import { pickParts } from '../picking/pick-parts.ts'
import { partNames } from '../ports/ports-of.ts'

/** What stands behind one part, or why nothing can. */
export type PartPick =
  | { part: string; app: 'tt' | 'ah'; pick: Pick }
  | { part: string; app: 'tt' | 'ah'; refusal: string; nextStep: string }

export interface WorkerAnswer {
  picks: PartPick[]
  /** Every database server on this machine, for people. */
  servers: string[]
}

/** Nothing is started and nothing fetched for the question. */
const refusingGuard: Guard = {
  pid: 0,
  start: () => Promise.reject(new Error('Nothing is started to find out what could be.')),
  close: async () => undefined,
}

async function picksOf(part: 'mysql' | 'inngest' | 'services'): Promise<PartPick[]> {
  const wanted = new Set(
    partNames.filter((name) =>
      part === 'services' ? !/^(mysql|inngest)-/.test(name) : name.startsWith(`${part}-`),
    ),
  )
  try {
    const picked = await pickParts({
      overrides: readOverrides(),
      choices: {},
      wanted,
      prepared: new Set(part === 'services' ? ['tt', 'ah'] : []),
      guard: refusingGuard,
      logFile: () => '/dev/null',
      onWorking: () => undefined,
    })
    return (['tt', 'ah'] as const).flatMap((app) => {
      const { mysql, inngest, stripe, github, discord, mail } = picked[app]
      const found =
        part === 'services' ? { stripe, github, discord, mail } : part === 'mysql' ? { mysql } : { inngest }
      return Object.entries(found).flatMap(([name, each]) =>
        each === undefined ? [] : [{ part: name, app, pick: each.pick }],
      )
    })
  } catch (error) {
    if (!(error instanceof StackError)) throw error
    const nextStep = error.nextStep ?? ''
    return [{ part, app: 'tt', refusal: error.message, nextStep }]
  }
}

const picks = (await Promise.all([picksOf('mysql'), picksOf('inngest'), picksOf('services')])).flat()
const answer: WorkerAnswer = { picks, servers: findInstalledServers().map(describeProgram) }
parentPort?.postMessage(answer)
