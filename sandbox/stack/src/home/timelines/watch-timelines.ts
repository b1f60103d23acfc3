import type { HomeStack } from '../home-stack.ts'
import type { AppRows, TimelineRow } from '../sequence/timeline-row.ts'
import { settledWithin } from '../settled-within.ts'
import { type AppKey, createTimelineReader } from './read-timeline.ts'

/** What is known of one app's timeline. */
export interface KnownTimeline {
  /** Undefined while the app has never answered. */
  known: AppRows | undefined
  /** Whether it answers now: false after a failure, or when an answer is overdue. */
  answers: boolean
  /** Why not, in a few words. */
  problem: string
}

export interface Timelines {
  /** Asks both apps for what is new and waits for that, but no longer than `waitMs`; then says what is known. */
  read(waitMs: number): Promise<Record<AppKey, KnownTimeline>>
  /** As `read`, and makes sure that all rows of this purchase are among them, however old. */
  readPurchase(purchaseId: string, waitMs: number): Promise<Record<AppKey, KnownTimeline>>
}

/** How far back the page looks when it is opened for the first time. */
const FIRST_LOOK_BACK_MS = 24 * 60 * 60_000
/** A transaction that commits late has written an earlier time: the last minute is asked for again and again. */
const OVERLAP_MS = 60_000
/** A dev server compiles the route when it is first asked. */
const TIMEOUT_MS = 8_000
/** An answer that takes longer is called overdue. */
const OVERDUE_MS = 1_500
const MOST_ROWS = 4_000
/** Purchases that were asked for by their address; beyond this the first ones are asked for anew. */
const MOST_ASKED = 500

/** Follows both apps' timelines: asks when somebody looks, and remembers what it was told. */
export function watchTimelines(stack: Pick<HomeStack, 'serviceUrls' | 'crossApp' | 'apps'>): Timelines {
  const apps = { tt: watchApp(stack, 'tt'), ah: watchApp(stack, 'ah') }
  const known = () => ({ tt: apps.tt.known(), ah: apps.ah.known() })
  return {
    async read(waitMs) {
      await settledWithin(waitMs, [apps.tt.ask(), apps.ah.ask()])
      return known()
    },
    async readPurchase(purchaseId, waitMs) {
      await settledWithin(waitMs, [
        apps.tt.ask(),
        apps.ah.ask(),
        apps.tt.askPurchase(purchaseId),
        apps.ah.askPurchase(purchaseId),
      ])
      return known()
    },
  }
}

function watchApp({ serviceUrls, crossApp }: Pick<HomeStack, 'serviceUrls' | 'crossApp'>, app: AppKey) {
  const read = createTimelineReader({ app, url: serviceUrls[app], ...crossApp })
  const rows = new Map<string, TimelineRow>()
  const complete = new Set<string>()
  let answered = false
  let failure = ''
  let next = new Date(Date.now() - FIRST_LOOK_BACK_MS)
  let clock = { aheadMs: 0, roundTripMs: Number.POSITIVE_INFINITY }
  let underWay: { since: number; done: Promise<void> } | undefined
  const purchasesUnderWay = new Map<string, Promise<void>>()

  const remember = (fresh: readonly TimelineRow[]) => {
    for (const row of fresh) {
      // What was told last is forgotten last: an old purchase that somebody looks at is among it.
      rows.delete(row.id)
      rows.set(row.id, row)
    }
    for (const row of rows.values()) {
      if (rows.size <= MOST_ROWS) break
      rows.delete(row.id)
      if (row.purchaseId !== null) complete.delete(row.purchaseId)
    }
  }
  const measureClock = (sentAt: number, now: string) => {
    const roundTripMs = Date.now() - sentAt
    if (roundTripMs > clock.roundTripMs) return
    const aheadMs = Date.parse(now) - (sentAt + roundTripMs / 2)
    // Within half of the way there and back, the clocks may just as well be the same.
    clock = { aheadMs: Math.abs(aheadMs) <= roundTripMs / 2 + 1 ? 0 : aheadMs, roundTripMs }
  }
  const ask = async () => {
    const sentAt = Date.now()
    try {
      const answer = await read({ since: next }, TIMEOUT_MS)
      measureClock(sentAt, answer.now)
      remember(answer.rows)
      next = new Date(Date.parse(answer.now) - OVERLAP_MS)
      answered = true
      failure = ''
    } catch (error) {
      failure = wordsFor(error)
    }
  }
  return {
    ask(): Promise<void> {
      underWay ??= {
        since: Date.now(),
        done: ask().finally(() => {
          underWay = undefined
        }),
      }
      return underWay.done
    },
    askPurchase(purchaseId: string): Promise<void> {
      if (complete.has(purchaseId)) return Promise.resolve()
      const running = purchasesUnderWay.get(purchaseId)
      if (running !== undefined) return running
      const done = read({ purchaseId }, TIMEOUT_MS)
        .then((answer) => {
          remember(answer.rows)
          complete.add(purchaseId)
          for (const first of complete) {
            if (complete.size <= MOST_ASKED) break
            complete.delete(first)
          }
        })
        // The other question tells why.
        .catch(() => undefined)
        .finally(() => purchasesUnderWay.delete(purchaseId))
      purchasesUnderWay.set(purchaseId, done)
      return done
    },
    known(): KnownTimeline {
      const overdue = underWay !== undefined && Date.now() - underWay.since > OVERDUE_MS
      return {
        known: answered ? { rows: [...rows.values()], clockAheadMs: clock.aheadMs } : undefined,
        answers: answered && failure === '' && !overdue,
        problem:
          failure !== '' ? failure : overdue ? 'does not answer' : answered ? '' : 'has not answered yet',
      }
    },
  }
}

function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return 'does not answer'
  if (error.message.startsWith('answered ')) return error.message
  return error.name === 'TimeoutError' ? 'does not answer' : 'can’t be reached'
}
