import {nextPollDelay} from './next-poll-delay'
import type {SyncStatus} from './sync-view'

/** How often a page with nothing to wait for looks again, when it was asked to stay current. */
const idleDelayMs = 20_000

/**
 * After a change, and when a reader comes back to the page, more may be on its way although everything is settled: they
 * may have confirmed an address or linked their accounts in another tab.
 */
const attentiveForMs = 10_000

/** An answer that takes longer counts as none: otherwise one lost connection would end the asking. */
const requestTimeoutMs = 10_000

/** One lost request is nothing to bother a reader with. */
const failuresBeforeUnreachable = 3

export interface WatchOptions {
  /** Answers with a `SyncStatus`. */
  url: string
  /** What is already known. */
  initial: SyncStatus
  /** Go on at a slow rate when everything is settled, for pages that stay open. */
  stayCurrent: boolean
  /** How long to wait before each request, in milliseconds. */
  delay?: typeof nextPollDelay
  /** Called with every status that differs from the one before. */
  onStatus: (status: SyncStatus) => void
  /** Called with false after three failures in a row, and with true at the next answer. */
  onReachable: (reachable: boolean) => void
}

export interface SyncStatusWatch {
  /** Stops asking until `resume`: for a page that nobody looks at. */
  pause: () => void
  /** Asks at once and goes on, quickly for a while. */
  resume: () => void
  /** Ends it for good, a request under way included. */
  stop: () => void
}

/** Asks for a status again and again, until nothing is left to wait for. */
export function watchSyncStatus({
  url,
  initial,
  stayCurrent,
  delay = nextPollDelay,
  onStatus,
  onReachable,
}: WatchOptions): SyncStatusWatch {
  const ending = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = initial
  let changedAt = Date.now()
  let attentiveUntil = 0
  let failures = 0
  let asking = false
  let paused = false

  function attend() {
    changedAt = Date.now()
    attentiveUntil = changedAt + attentiveForMs
  }

  const finished = () => latest.settled && !stayCurrent

  async function ask() {
    // Two answers under way at once could arrive in the wrong order.
    if (asking) return
    asking = true
    try {
      const status = await fetchSyncStatus(url, ending.signal)
      if (failures >= failuresBeforeUnreachable) onReachable(true)
      failures = 0
      if (JSON.stringify(status) !== JSON.stringify(latest)) {
        attend()
        latest = status
        onStatus(status)
      }
    } catch {
      if (ending.signal.aborted) return
      failures += 1
      if (failures === failuresBeforeUnreachable) onReachable(false)
    } finally {
      asking = false
    }
    schedule()
  }

  function schedule() {
    clearTimeout(timer)
    if (ending.signal.aborted || paused || finished()) return
    const wanted = delay({elapsedMs: Date.now() - changedAt, failures})
    const atRest = latest.settled && Date.now() > attentiveUntil
    timer = setTimeout(ask, atRest ? Math.max(idleDelayMs, wanted) : wanted)
  }

  schedule()
  return {
    pause() {
      paused = true
      clearTimeout(timer)
    },
    resume() {
      paused = false
      clearTimeout(timer)
      attend()
      if (!ending.signal.aborted && !finished()) void ask()
    },
    stop() {
      ending.abort()
      clearTimeout(timer)
    },
  }
}

async function fetchSyncStatus(url: string, ending: AbortSignal): Promise<SyncStatus> {
  // Not `AbortSignal.any`: browsers that are still in use don't have it, and there every request would fail.
  const request = new AbortController()
  const abort = () => request.abort()
  const timer = setTimeout(abort, requestTimeoutMs)
  ending.addEventListener('abort', abort)
  try {
    const response = await fetch(url, {
      signal: request.signal,
      headers: {accept: 'application/json'},
      cache: 'no-store',
    })
    if (!response.ok) throw new Error(`The status endpoint answered ${response.status}`)
    const body: unknown = await response.json()
    if (!isSyncStatus(body)) throw new Error('The status endpoint answered with something else')
    return body
  } finally {
    clearTimeout(timer)
    ending.removeEventListener('abort', abort)
  }
}

/** Checks what the layout needs, so that a proxy's own error page is never taken for a status. */
export function isSyncStatus(value: unknown): value is SyncStatus {
  if (typeof value !== 'object' || value === null) return false
  return (
    'syncs' in value &&
    Array.isArray(value.syncs) &&
    'settled' in value &&
    typeof value.settled === 'boolean' &&
    'headline' in value &&
    typeof value.headline === 'string' &&
    'announcement' in value &&
    typeof value.announcement === 'string'
  )
}
