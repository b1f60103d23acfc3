import type { AppPinger } from '../apps/app-pinger.ts'
import type { CronScheduler } from '../crons/cron-scheduler.ts'
import type { ExecutorContext } from '../executor/accept-events.ts'

/** What the routes are given. */
export type Routes = {
  context: ExecutorContext
  crons: CronScheduler
  pinger: AppPinger
  mode: 'dev' | 'start'
  version: string
  /** Accepted in `start` mode; any key is in `dev`. */
  eventKeys: string[]
  signingKey: string | undefined
  /** Only for the control of the kill test: answers before anything is on disk. */
  answerBeforeCommit: boolean
  log: (line: string) => void
}
