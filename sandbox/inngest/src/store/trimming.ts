import type { Store } from './store.ts'
import { type Retention, Trimmer } from './trim.ts'

/** Trims from time to time, and sooner the more events come in. */
export type Trimming = {
  /** Told of every event that was stored. */
  noticeEvents: (count: number) => void
  stop: () => void
}

const everyMs = 30_000
/** Between two bites: what else there is to do goes first. */
const betweenMs = 5
/** Events after which it does not wait for its time. */
const manyEvents = 2000
/** In one bite, when events come in faster than small ones would remove them. */
const mostRows = 10_000

export function startTrimming(
  store: Store,
  retention: Retention,
  now: () => number,
  onError: (error: unknown) => void,
): Trimming {
  const trimmer = new Trimmer(store, retention)
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let busy = false
  /** Since the last bite. */
  let events = 0
  const schedule = (delayMs: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(pass, delayMs)
  }
  const pass = () => {
    // Twice as many as came in since: it has to catch up with them.
    const rows = busy ? Math.min(events * 2, mostRows) : 0
    busy = true
    events = 0
    store.transactions
      .run(() => trimmer.pass(now(), rows))
      .then((more) => {
        busy = more
        schedule(more ? betweenMs : everyMs)
      })
      .catch((error: unknown) => {
        onError(error)
        busy = false
        schedule(everyMs)
      })
  }
  schedule(everyMs)
  return {
    noticeEvents: (count) => {
      events += count
      if (busy || events < manyEvents) return
      busy = true
      events = 0
      schedule(betweenMs)
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
