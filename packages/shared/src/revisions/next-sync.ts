import {
  type DesiredState,
  desiredState,
  type PurchaseFacts,
  type StopReason,
  sameDesiredState,
} from './desired-state'

export type SyncRevision = { revision: number; desired: DesiredState }

/** Why this revision exists; goes out with the event that carries it. */
export type RevisionReason = 'purchase' | 'restored' | 'transferred' | 'resync' | StopReason

export type NextSync =
  | { kind: 'unchanged' }
  | { kind: 'revised'; revision: number; desired: DesiredState; reason: RevisionReason }

/**
 * Decides whether new facts make a new revision of what a purchase entitles to. The revision rises only when the
 * result changed, when a person or a conflict asks for it (`raise`), or to get above a number the peer has already
 * seen (`above`, after a restore from a backup).
 */
export function nextSync(
  current: SyncRevision | null,
  facts: PurchaseFacts,
  options: { raise?: boolean; above?: number } = {},
): NextSync {
  const { desired, reason: stopReason } = desiredState(facts)
  const currentRevision = current ? current.revision : 0
  const above = options.above ?? 0
  const changed = current === null || !sameDesiredState(current.desired, desired)
  if (!changed && options.raise !== true && currentRevision > above) return { kind: 'unchanged' }
  return {
    kind: 'revised',
    revision: Math.max(currentRevision, above) + 1,
    desired,
    reason: stopReason ?? grantReason(current, desired),
  }
}

function grantReason(current: SyncRevision | null, desired: DesiredState): RevisionReason {
  if (current === null) return 'purchase'
  if (current.desired.ownerUserId !== desired.ownerUserId) return 'transferred'
  if (current.desired.state !== 'granted') return 'restored'
  return 'resync'
}
