import type { AppPinger } from '../apps/app-pinger.ts'
import type { CronScheduler } from '../crons/cron-scheduler.ts'
import type { ExecutorContext } from '../executor/context.ts'

/** What the routes are given. */
export type Routes = {
  context: ExecutorContext
  crons: CronScheduler
  /** Puts the clock forward and returns its time; in `dev` mode only. */
  advanceClock: (milliseconds: number) => Promise<number>
  pinger: AppPinger
  mode: 'dev' | 'start'
  version: string
  /** Accepted in `start` mode; any key is in `dev`. */
  eventKeys: string[]
  signingKey: string | undefined
  /** In every form of our pages: proof that a request comes from one of them. */
  formToken: string
  /** Only for the control of the kill test: answers before anything is on disk. */
  answerBeforeCommit: boolean
  log: (line: string) => void
}
