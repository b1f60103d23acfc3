import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { GuardedProcess } from '../guard/guard.ts'
import { lastLines } from '../last-lines.ts'
import type { PartDefinition } from '../parts/part.ts'
import { nodeProgram, repositoryRoot } from '../paths.ts'
import { waitUntil } from '../wait-until.ts'
import { findStripeCli, stripeCliEnvironment, stripeCliInstallUrl } from './stripe-cli.ts'
import { webhookEvents } from './webhook-events.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** What the CLI says once Stripe sends it events. */
const READY = /\bReady!/

function logText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/**
 * The Stripe CLI, bringing the events of one real test account to an app's webhook. It listens on no port. Events that
 * happen while it is down are not brought later: Stripe's dashboard can send them again, and Total TypeScript's
 * `reconcile` finds paid checkouts by itself.
 */
export function stripeListenPart({
  app,
  secretKey,
  webhookUrl,
  logFile,
  deadlineMs = 45_000,
}: {
  app: AppKey
  secretKey: string
  /** The whole address, path included. */
  webhookUrl: string
  logFile: string
  deadlineMs?: number
}): PartDefinition {
  const name = `stripe-listen-${app}` as const
  return {
    name,
    async start(guard) {
      const failure = (message: string, cause?: unknown) =>
        new StackError('part-failed', message, { part: name, logFile, lastLines: lastLines(logFile), cause })
      const cli = await findStripeCli()
      if (cli === undefined) {
        throw new StackError('part-failed', `The part ${name} needs the Stripe CLI, and it is not on PATH.`, {
          part: name,
          nextStep: `Install it: ${stripeCliInstallUrl}`,
        })
      }
      const before = logText(logFile).length
      const process_: GuardedProcess = await guard.start({
        command: nodeProgram(),
        args: [join(here, 'listen-main.ts'), cli.program, webhookUrl, webhookEvents[app].join(',')],
        cwd: repositoryRoot,
        env: stripeCliEnvironment(secretKey),
        logFile,
      })
      let end: { code: number | null; signal: string | null } | undefined
      void process_.ended.then((how) => {
        end = how
      })
      try {
        // The log of an earlier start of this part doesn't count.
        await waitUntil(() => end !== undefined || READY.test(logText(logFile).slice(before)), {
          deadlineMs,
          describe: 'The connection to Stripe',
        })
      } catch (error) {
        await process_.stop(2_000)
        throw failure(`The part ${name} was not connected to Stripe within ${deadlineMs / 1000} s.`, error)
      }
      if (end !== undefined) {
        throw failure(`The part ${name} ended at its start (${end.signal ?? `code ${end.code}`}).`)
      }
      return { kind: 'Stripe CLI, forwards events', version: cli.version, url: webhookUrl, process: process_ }
    },
  }
}
