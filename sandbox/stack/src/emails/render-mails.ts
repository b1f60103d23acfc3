import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AppKey } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import { appFolder, nodeProgram } from '../paths.ts'
import { mailId, type RenderedMail } from './mail.ts'

const LIMIT_MS = 60_000
const TEXTS = ['name', 'variant', 'subject', 'html', 'text'] as const

function runScript(folder: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(nodeProgram(), ['--import', 'tsx', join('scripts', 'render-emails.ts')], {
    cwd: folder,
    // As the contract says: no database and no variables.
    env: childEnvironment({ NODE_ENV: 'development' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

function lastOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-12)
}

/**
 * Reads what an app's script has printed: its last line is a JSON list of mails.
 *
 * @throws Error naming the first thing that is missing or given twice
 */
export function readRenderedMails(app: AppKey, stdout: string): RenderedMail[] {
  const list: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  if (!Array.isArray(list) || list.length === 0) throw new Error('It printed no list of mails.')
  const ids = new Set<string>()
  return list.map((item: unknown, index) => {
    const given = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>
    const texts = TEXTS.map((key) => {
      const value = given[key]
      if (typeof value === 'string' && (value !== '' || key === 'variant')) return value
      throw new Error(`Mail ${index + 1} (${String(given.name ?? 'without a name')}) has no ${key}.`)
    })
    const [name = '', variant = '', subject = '', html = '', text = ''] = texts
    const mail: RenderedMail = { app, name, variant, subject, html, text }
    if (ids.has(mailId(mail))) throw new Error(`There are two mails ${name}, ${variant}.`)
    ids.add(mailId(mail))
    return mail
  })
}

/**
 * Renders every mail of an app with sample data, anew from its sources.
 *
 * @param folder the app's; for tests
 * @throws StackError `step-failed` with the script's last lines
 */
export async function renderMails(app: AppKey, folder = appFolder(app)): Promise<RenderedMail[]> {
  const nextStep =
    'Run `node --import tsx scripts/render-emails.ts` in the folder of the app and correct what it says.'
  if (!existsSync(join(folder, 'scripts', 'render-emails.ts'))) {
    throw new StackError('step-failed', `${app}-sample has no scripts/render-emails.ts.`, { nextStep })
  }
  const { code, stdout, stderr } = await runScript(folder)
  if (code !== 0) {
    throw new StackError(
      'step-failed',
      `The mails of ${app}-sample could not be rendered (${code === null ? 'stopped after a minute' : `code ${code}`}).`,
      { lastLines: lastOf(stderr || stdout), nextStep },
    )
  }
  try {
    return readRenderedMails(app, stdout)
  } catch (error) {
    throw new StackError(
      'step-failed',
      `What ${app}-sample printed is no list of mails: ${(error as Error).message}`,
      { lastLines: lastOf(stderr), nextStep, cause: error },
    )
  }
}
