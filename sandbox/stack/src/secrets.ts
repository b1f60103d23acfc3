import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StackError } from './errors.ts'

/** Everything secret that a local stack needs, made at random once per stack and kept in a file only its owner may read. */
export interface StackSecrets {
  mysqlPassword: { tt: string; ah: string }
  authSecret: { tt: string; ah: string }
  cronSecret: { tt: string; ah: string }
  inngestEventKey: { tt: string; ah: string }
  /** Hexadecimal; an app's key is `signkey-test-` and this. */
  inngestSigningKey: { tt: string; ah: string }
  stripeSecretKey: { tt: string; ah: string }
  stripeWebhookSecret: { tt: string; ah: string }
  githubClientSecret: { tt: string; ah: string }
  discordClientSecret: { tt: string; ah: string }
  discordBotToken: { tt: string; ah: string }
  resendApiKey: { tt: string; ah: string }
  /** Shared by both apps: the bridge's root secret. */
  crossAppSecret: string
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
const pair = (make: () => string) => ({ tt: make(), ah: make() })

function makeSecrets(): StackSecrets {
  return {
    mysqlPassword: pair(() => hex(16)),
    authSecret: pair(() => hex(32)),
    cronSecret: pair(() => hex(24)),
    inngestEventKey: pair(() => hex(24)),
    inngestSigningKey: pair(() => hex(32)),
    stripeSecretKey: pair(() => `sk_test_${hex(16)}`),
    stripeWebhookSecret: pair(() => `whsec_${hex(24)}`),
    githubClientSecret: pair(() => hex(20)),
    discordClientSecret: pair(() => hex(16)),
    discordBotToken: pair(() => hex(32)),
    resendApiKey: pair(() => `re_${hex(12)}`),
    crossAppSecret: hex(32),
  }
}

/** @throws StackError `part-failed` for a file that is no JSON, without what it holds */
function readStored(file: string): Partial<StackSecrets> | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text) as Partial<StackSecrets>
  } catch {
    // Not as the cause: the parser's own message repeats a piece of the file.
    throw new StackError('part-failed', `${file} can't be read as JSON.`, {
      nextStep:
        'Delete it and start again: new secrets are made, and whoever is signed in has to sign in again.',
    })
  }
}

/** Reads a stack's secrets from `<folder>/secrets.json`, making them first if there are none. The file has mode 600. */
export function stackSecrets(folder: string): StackSecrets {
  const file = join(folder, 'secrets.json')
  mkdirSync(folder, { recursive: true })
  const stored = readStored(file)
  const made = makeSecrets()
  const complete = stored !== undefined && Object.keys(made).every((key) => key in stored)
  const secrets: StackSecrets = { ...made, ...stored }
  if (complete) return secrets

  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  try {
    // A link fails when the file exists by now: of two processes that make secrets at once, one wins, both use its.
    if (stored === undefined) linkSync(fresh, file)
    else renameSync(fresh, file)
    return secrets
  } catch (error) {
    const theirs = readStored(file)
    if (theirs === undefined) throw error
    return { ...secrets, ...theirs }
  } finally {
    rmSync(fresh, { force: true })
  }
}
