import { type DesiredState, sameDesiredState } from './desired-state'

/** Who opened the grant with which link. Independent of the desired state: a claim outlives a suspension. */
export type Claim = { userId: string; linkRevision: number }

export type GrantRevision = {
  revision: number
  desired: DesiredState
  /** Rises with every write of the grant, and above any version the sender has seen. */
  stateVersion: number
  claim: Claim | null
}

export type IncomingRevision = {
  revision: number
  desired: DesiredState
  /** The newest stateVersion that TT has seen of this grant; 0 for none. */
  stateVersionSeen: number
  /** TT has asked to unlink this link revision: it and older ones may not claim. */
  unlinkingLinkRevision: number | null
}

/** The live link of the TT user who owns the purchase, or null. */
export type LiveLink = { userId: string; linkRevision: number }

export type NextGrant =
  /** Access would be due to a product that is not there: nothing is written, the sender is told for good. */
  | { outcome: 'refused'; grant: null; changed: false }
  | {
      /** applied: newer. repeated: same revision and state. stale: older. conflict: same revision, another state. */
      outcome: 'applied' | 'repeated' | 'stale' | 'conflict'
      grant: GrantRevision
      /** The grant has to be written: it is not what is stored. */
      changed: boolean
    }

/**
 * Decides what an incoming revision makes of a grant. A revoke for a grant never seen, even of an unknown product,
 * leaves a tombstone, so that a grant that arrives later changes nothing (case 11). What takes access away from a grant
 * needs no product: one that left the catalogue must not keep its rows open.
 */
export function nextGrant(input: {
  grant: GrantRevision | null
  incoming: IncomingRevision
  link: LiveLink | null
  productKnown: boolean
}): NextGrant {
  const { grant, incoming, link } = input
  const needsProduct =
    incoming.desired.state === 'granted' || (incoming.desired.state === 'suspended' && grant === null)
  if (!input.productKnown && needsProduct && isNewer(grant, incoming)) {
    return { outcome: 'refused', grant: null, changed: false }
  }
  if (grant === null || incoming.revision > grant.revision) {
    const claim = grant && grant.desired.ownerUserId === incoming.desired.ownerUserId ? grant.claim : null
    const next = {
      revision: incoming.revision,
      desired: incoming.desired,
      claim: claim ?? claimFor(incoming.desired, incoming, link),
    }
    return { outcome: 'applied', grant: { ...next, stateVersion: above(grant, incoming) }, changed: true }
  }
  if (incoming.revision === grant.revision && sameDesiredState(incoming.desired, grant.desired)) {
    const claim = grant.claim ?? claimFor(grant.desired, incoming, link)
    return renumbered('repeated', { ...grant, claim }, incoming, claim !== grant.claim)
  }
  return renumbered(incoming.revision === grant.revision ? 'conflict' : 'stale', grant, incoming, false)
}

/** A grant gives access exactly when it is granted and someone has claimed it: the id of that AH user, else null. */
export function accessOf(grant: GrantRevision | null): string | null {
  return grant !== null && grant.desired.state === 'granted' && grant.claim !== null
    ? grant.claim.userId
    : null
}

export type GrantStatus = 'active' | 'pending' | 'suspended' | 'revoked'

/** The spec's status of a grant, derived. */
export function grantStatus(grant: GrantRevision): GrantStatus {
  if (grant.desired.state !== 'granted') return grant.desired.state
  return grant.claim === null ? 'pending' : 'active'
}

/** Only a proven owner's link claims, and not a link that is being undone. */
function claimFor(desired: DesiredState, incoming: IncomingRevision, link: LiveLink | null): Claim | null {
  if (link === null || !desired.ownerProven) return null
  if (incoming.unlinkingLinkRevision !== null && link.linkRevision <= incoming.unlinkingLinkRevision)
    return null
  return { userId: link.userId, linkRevision: link.linkRevision }
}

/** A sender that has seen a higher version than ours (we were restored from a backup) gets one above it. */
function renumbered(
  outcome: 'repeated' | 'stale' | 'conflict',
  grant: GrantRevision,
  incoming: IncomingRevision,
  changed: boolean,
): NextGrant {
  if (!changed && incoming.stateVersionSeen <= grant.stateVersion) return { outcome, grant, changed: false }
  return { outcome, grant: { ...grant, stateVersion: above(grant, incoming) }, changed: true }
}

function above(grant: GrantRevision | null, incoming: IncomingRevision): number {
  return Math.max(grant ? grant.stateVersion : 0, incoming.stateVersionSeen) + 1
}

function isNewer(grant: GrantRevision | null, incoming: IncomingRevision): boolean {
  return grant === null || incoming.revision > grant.revision
}
