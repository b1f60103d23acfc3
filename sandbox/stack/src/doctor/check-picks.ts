import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Finding, ok, problem } from './finding.ts'
import type { PartPick, WorkerAnswer } from './picks-worker.ts'

const TITLES: Record<string, string> = {
  mysql: 'Databases',
  inngest: 'Inngest',
  stripe: 'Stripe',
  github: 'GitHub sign-in',
  discord: 'Discord sign-in',
  mail: 'Mail',
  services: 'Services',
}
const APP_NAMES = { tt: 'Total TypeScript', ah: 'AI Hero' } as const

/** Asks the worker; its end is the end of everything it has started. */
function askWorker(signal: AbortSignal): Promise<WorkerAnswer> {
  const worker = new Worker(join(import.meta.dirname, 'picks-worker.ts'))
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => void worker.terminate())
    worker.once('message', (answer: WorkerAnswer) => {
      resolve(answer)
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the search ended without an answer')))
  })
}

function sentence(part: string, picked: PartPick, apps: string): Finding {
  const title = `${TITLES[part] ?? part}${apps}`
  if ('refusal' in picked) return problem(`${title}: ${picked.refusal}`, picked.nextStep)
  const { what, version, passedOver } = picked.pick
  const name = version === '' || what.includes(version) ? what : `${what} ${version}`
  const reasons = passedOver.map(({ choice, reason }) => `${choice}: ${reason}`)
  return ok(`${title}: ${name}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}.`)
}

/** One line for each part; two where the apps differ. */
export function describePicks(picks: readonly PartPick[]): Finding[] {
  const parts = [...new Set(picks.map(({ part }) => part))]
  return parts.flatMap((part) => {
    const ofPart = picks.filter((each) => each.part === part)
    const [first, second] = ofPart
    if (first === undefined) return []
    const asOne = sentence(part, first, '')
    // The reasons name each app's own variable, which doesn't make them different.
    const bare = (finding: Finding) => finding.text.replaceAll(/\b(TT|AH)_/g, '')
    if (second === undefined || bare(sentence(part, second, '')) === bare(asOne)) {
      return [{ ...asOne, text: asOne.text.replaceAll(/\bTT_(?=[A-Z_]+ is not set)/g, 'TT_/AH_') }]
    }
    return ofPart.map((each) => sentence(part, each, `, ${APP_NAMES[each.app]}`))
  })
}

/** What would stand behind each part if a stack were started now, and why not something better. */
export async function checkPicks(signal: AbortSignal): Promise<Finding[]> {
  const { picks, servers } = await askWorker(signal)
  const findings = describePicks(picks)
  if (servers.length > 1) findings.push(ok(`Database servers on this machine: ${servers.join('; ')}.`))
  return findings
}
