import type { DesiredState } from './desired-state'

/** The spec's `CrossAppSync.status`: derived, for people. */
export type SyncStatus = 'pending' | 'synced' | 'failed' | 'revoked'

export const FIRST_ATTEMPT_DELAY_MS = 5_000
export const MAX_ATTEMPT_DELAY_MS = 15 * 60_000

/**
 * Milliseconds until a sync is sent again if no answer came: doubling from 5 s to 15 min, with up to a fifth of jitter
 * so that many syncs waiting for the same outage don't return together. It never stops: transport failure is not final.
 *
 * @param retryCount sends so far that were not acknowledged
 * @param random in [0, 1)
 */
export function nextAttemptDelayMs(retryCount: number, random: number): number {
  const full = isBackoffAtCap(retryCount) ? MAX_ATTEMPT_DELAY_MS : FIRST_ATTEMPT_DELAY_MS * 2 ** retryCount
  return Math.round(full * (1 - random / 5))
}

/** From here on the wait no longer grows, and people should look. */
export function isBackoffAtCap(retryCount: number): boolean {
  return FIRST_ATTEMPT_DELAY_MS * 2 ** Math.min(retryCount, 30) >= MAX_ATTEMPT_DELAY_MS
}

/** `synced` also while unclaimed or suspended: pages tell these apart by desired state and mirror (describe-sync). */
export function deriveSyncStatus(sync: {
  revision: number
  ackedRevision: number
  refusedRevision: number | null
  retryCount: number
  state: DesiredState['state']
}): SyncStatus {
  if (sync.ackedRevision < sync.revision) {
    return sync.refusedRevision === sync.revision || isBackoffAtCap(sync.retryCount) ? 'failed' : 'pending'
  }
  return sync.state === 'revoked' ? 'revoked' : 'synced'
}
