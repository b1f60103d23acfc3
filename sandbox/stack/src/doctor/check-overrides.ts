import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { StackError } from '../errors.ts'
import type { Guard } from '../guard/guard.ts'
import { readOverrides } from '../overrides.ts'
import { givenMysqlPart } from '../parts/mysql-part.ts'
import { repositoryRoot } from '../paths.ts'
import { isProgram } from '../picking/find-program.ts'
import { assertTestModeKey } from '../stripe-test-mode/stripe-key.ts'
import { type Finding, note, ok, problem } from './finding.ts'

type Variables = Record<string, string | undefined>

/** How long a given database may take to answer. */
const DATABASE_LIMIT_MS = 1_800

/** The names that the stack reads, told by the code that reads them. */
export function overrideNames(): string[] {
  const names = new Set<string>()
  const asked = new Proxy<Variables>({}, { get: (_, name) => void names.add(String(name)) })
  readOverrides(asked, {})
  return [...names]
}

/** The variables of the root's `.env`; undefined when there is none. */
export function rootEnvFile(): Variables | undefined {
  try {
    return parseEnv(readFileSync(join(repositoryRoot, '.env'), 'utf8'))
  } catch {
    return undefined
  }
}

const refusingGuard: Guard = {
  pid: 0,
  start: () => Promise.reject(new Error('A given database is not started.')),
  close: async () => undefined,
}

async function judgeDatabase(name: string, value: string, from: string): Promise<Finding> {
  const part = givenMysqlPart({ app: name.startsWith('TT_') ? 'tt' : 'ah', url: value })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new StackError('database-refused', `The database of ${name} does not answer.`, {
          nextStep: `Start it, or remove ${name}: then the stack starts a database of its own.`,
        }),
      )
    }, DATABASE_LIMIT_MS)
  })
  try {
    const { version } = await Promise.race([part.start(refusingGuard), late])
    return ok(`${name} (${from}): it answers, version ${version}.`)
  } catch (error) {
    if (!(error instanceof StackError)) throw error
    return problem(`${name} (${from}): ${error.message}`, error.nextStep ?? `Correct or remove ${name}.`)
  } finally {
    clearTimeout(timer)
  }
}

/** A reason why a value can't be right, without the value. */
function findFault(name: string, value: string): StackError | undefined {
  const fault = (message: string, nextStep: string) => new StackError('not-available', message, { nextStep })
  if (/\s/.test(value) && !name.endsWith('_EMAIL_FROM') && name !== 'INNGEST_BIN') {
    return fault('there is white space in it', `Correct ${name}, or remove it.`)
  }
  if (name.endsWith('_STRIPE_SECRET_KEY')) {
    try {
      assertTestModeKey(name.startsWith('TT_') ? 'tt' : 'ah', value)
    } catch (error) {
      if (error instanceof StackError) return error
      throw error
    }
  }
  if (name.endsWith('_WEBHOOK_SECRET') && !value.startsWith('whsec_')) {
    return fault('it does not begin with whsec_', `Take it from \`stripe listen\` or remove ${name}.`)
  }
  if (name.endsWith('_BASE_URL') && !(URL.canParse(value) && /^https?:/.test(value))) {
    return fault('it is no http address', `Correct ${name}, or remove it.`)
  }
  if (name.endsWith('_RESEND_API_KEY') && !value.startsWith('re_')) {
    return fault('it does not begin with re_', `Take it from https://resend.com/api-keys or remove ${name}.`)
  }
  if (name.endsWith('_EMAIL_FROM') && !value.includes('@')) {
    return fault('it is no mail address', `It looks like Name <mail@example.com>.`)
  }
  if (name === 'INNGEST_BIN' && !isProgram(value)) {
    return fault('it names no program', 'Correct INNGEST_BIN, or remove it.')
  }
  return undefined
}

/**
 * What a person gives instead of a part, by name: whether each is well-formed, and whether a given database answers.
 * Values are never part of a finding.
 */
export async function checkOverrides(
  environment: Variables = process.env,
  file: Variables | undefined = rootEnvFile(),
): Promise<Finding[]> {
  const names = overrideNames()
  const findings = await Promise.all(
    names.flatMap((name) => {
      const value = environment[name] || file?.[name]
      if (!value) return []
      const from = environment[name] ? 'environment' : '.env'
      if (name.endsWith('_DATABASE_URL')) return [judgeDatabase(name, value, from)]
      const fault = findFault(name, value)
      if (fault === undefined) return [Promise.resolve(ok(`${name} (${from}) is well-formed.`))]
      const text = fault.message.startsWith(name) ? fault.message : `${name}: ${fault.message}.`
      return [Promise.resolve(problem(`${text} (${from})`, fault.nextStep ?? `Correct or remove ${name}.`))]
    }),
  )
  const unknown = Object.keys(file ?? {}).filter(
    (name) => !names.includes(name) && !/^(CHROMIUM_BIN|PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH)$/.test(name),
  )
  if (unknown.length > 0) {
    findings.push(
      note(
        `.env has ${unknown.join(', ')}, which the stack does not read.`,
        'Compare with .env.example; the apps get their variables from the stack.',
      ),
    )
  }
  return findings.length === 0 ? [ok('None: the stack brings every part itself.')] : findings
}
