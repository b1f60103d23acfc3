import { type StackStatus, stackStatus, takesConnections } from '../commands/status.ts'
import { isSiteHost } from '../site-hosts.ts'
import { readStackInfo } from '../stack-info.ts'
import { type Finding, note, ok, problem } from './finding.ts'

const APPS = [
  ['tt', 'Total TypeScript'],
  ['ah', 'AI Hero'],
] as const
const LIMIT_MS = 1_800

/** The ages that an app tells, in seconds, by what they are of: `oldestSyncSeconds` becomes `sync`. */
export function outstandingAges(answer: unknown): [what: string, seconds: number][] {
  if (typeof answer !== 'object' || answer === null) return []
  return Object.entries(answer).flatMap(([name, value]): [string, number][] => {
    const what = /^oldest(\w+)Seconds$/.exec(name)?.[1]
    if (what === undefined || typeof value !== 'number') return []
    return [[what.replaceAll(/\B([A-Z])/g, ' $1').toLowerCase(), value]]
  })
}

async function checkApp(url: string, title: string, signal: AbortSignal): Promise<Finding> {
  const address = new URL('/api/ready', url)
  // A name that only a browser has been told about is this machine.
  if (isSiteHost(address.hostname)) address.hostname = '127.0.0.1'
  const whatToDo = 'Look at its log in .local/<stack>/logs and at its admin page.'
  try {
    const response = await fetch(address, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    })
    // It says so itself with 503; anything else is no answer of its readiness at all.
    if (!response.ok && response.status !== 503) {
      await response.body?.cancel()
      return problem(`${title} answers ${address.pathname} with status ${response.status}.`, whatToDo)
    }
    const ages = outstandingAges(await response.json().catch(() => undefined))
    const oldest = Math.max(0, ...ages.map(([, seconds]) => seconds))
    const waiting = ages.filter(([, seconds]) => seconds > 0).map(([what, seconds]) => `${what} ${seconds} s`)
    const backlog =
      waiting.length === 0 ? 'nothing is outstanding' : `oldest outstanding: ${waiting.join(', ')}`
    if (!response.ok) return problem(`${title} is not ready; ${backlog}.`, whatToDo)
    // Its sweep comes every minute.
    return oldest > 120
      ? note(`${title} is ready, but ${backlog}.`, whatToDo)
      : ok(`${title} is ready; ${backlog}.`)
  } catch {
    return note(
      `${title} did not answer ${address.pathname} within ${LIMIT_MS / 1_000} s.`,
      'A dev server compiles it first: ask again.',
    )
  }
}

/** Whether every part of a running stack answers, and what the apps owe. @param status for tests */
export async function checkHealth(
  name: string,
  signal: AbortSignal,
  status: () => Promise<StackStatus> = () => stackStatus(name),
): Promise<Finding[]> {
  const running = readStackInfo(name)
  if (running !== undefined && !Array.isArray(running.parts)) {
    return [
      note(
        `"${name}" was started by another version of this checkout, which tells less of itself.`,
        'Stop it and start it again.',
      ),
    ]
  }
  const { state, info, parts: firstLook } = await status()
  if (state === 'down') return [ok(`"${name}" is not running, so there is nothing to examine.`)]
  if (info === undefined) return [ok(`"${name}" is still starting.`)]
  // On a machine so busy that this process itself stood still, every answer seems late: the silent ones are asked again.
  const parts = await Promise.all(
    firstLook.map(async (part) => ({ ...part, answers: part.answers || (await takesConnections(part.url)) })),
  )
  const appsRun = info.apps !== 'none'
  const expected = parts.filter(({ name: part }) => appsRun || (part !== 'tt' && part !== 'ah'))
  const silent = expected.filter(({ answers }) => !answers)
  const findings = silent.map(({ name: part, url }) =>
    problem(
      `${part} does not answer at ${url}.`,
      `Look at .local/${name}/${part === 'home' ? 'supervisor' : `logs/${part}`}.log; \`npm run stack -- down${name === 'dev' ? '' : ` --name ${name}`}\` and start again.`,
    ),
  )
  if (silent.length === 0) findings.push(ok(`All ${expected.length} parts take connections.`))
  const answering = APPS.filter(([app]) => parts.some((part) => part.name === app && part.answers))
  findings.push(
    ...(await Promise.all(answering.map(([app, title]) => checkApp(info[app].url, title, signal)))),
  )
  return findings
}
