import { type DesiredState, sameDesiredState } from './desired-state'

/** The part of TT's sync row that an answer is judged by. */
export type AwaitedSync = {
  revision: number
  desired: DesiredState
  /** The newest state of AH's grant that we have mirrored; 0 before the first answer. */
  stateVersion: number
}

/** A genuine answer about a grant, from an event or from a row of the read API. */
export type GrantAnswer = { revision: number; applied: DesiredState; stateVersion: number }

export type NextAcknowledgement = {
  /** AH has applied exactly the revision and the state we want: stop sending. */
  settled: boolean
  /** AH's state is newer than our mirror: copy it. */
  mirror: boolean
  /**
   * `conflict`: the same revision with another state. `ahead`: AH knows a revision we don't, so our database is older
   * than it was. In both, the next revision must be above `raiseAbove`.
   */
  anomaly: { kind: 'conflict' | 'ahead'; raiseAbove: number } | null
}

/**
 * Judges an answer by content, never by order of arrival (design: level, not edge). An older answer still updates the
 * mirror when its stateVersion is newer, and never settles anything.
 */
export function nextAcknowledgement(sync: AwaitedSync, answer: GrantAnswer): NextAcknowledgement {
  const mirror = answer.stateVersion > sync.stateVersion
  if (answer.revision > sync.revision) {
    return { settled: false, mirror, anomaly: { kind: 'ahead', raiseAbove: answer.revision } }
  }
  if (answer.revision < sync.revision) return { settled: false, mirror, anomaly: null }
  if (sameDesiredState(sync.desired, answer.applied)) return { settled: true, mirror, anomaly: null }
  return { settled: false, mirror, anomaly: { kind: 'conflict', raiseAbove: answer.revision } }
}

/** A refusal counts only for the current revision, and not once that revision was applied after all. */
export function refusalApplies(
  sync: { revision: number; ackedRevision: number },
  refusal: { revision: number },
): boolean {
  return refusal.revision === sync.revision && sync.ackedRevision < sync.revision
}
