import type { AccountLinked } from '../events/account-linked'
import type { AccountUnlinkRequested } from '../events/account-unlink-requested'

export type LinkMethod = AccountLinked['linkMethod']
export type UnlinkedBy = AccountUnlinkRequested['by']

/**
 * What one side knows about the link of one seller's user (Total TypeScript) to a user of the app that grants
 * (AI Hero). AI Hero writes it; Total TypeScript mirrors what has a higher `linkRevision` than its own.
 */
export type LinkRecord = {
  sellerUserId: string
  /** Rises with every link, unlink and release; 0 while there never was a link. */
  linkRevision: number
  /** The live link, or the last one that ended; null while there never was one. */
  link: Link | null
  /** Only on the seller's side: what it has asked the writer to undo, until the writer has confirmed it. */
  unlinkRequest: UnlinkRequest | null
}

export type Link = {
  granterUserId: string
  method: LinkMethod
  /** Addresses are exchanged only by explicit links, where the person saw both identities. */
  granterEmail: string | null
  sellerEmail: string | null
  /** The link token's id; null for an automatic link. */
  tokenId: string | null
  /** ISO 8601, UTC, milliseconds. */
  linkedAt: string
  /** Null while the link is live. */
  ended: LinkEnd | null
}

export type LinkEnd = {
  /** ISO 8601, UTC, milliseconds. */
  at: string
  by: UnlinkedBy
  /** The claims that this link made were freed too. */
  released: boolean
}

export type UnlinkRequest = {
  /** The link that is meant. */
  linkRevision: number
  by: UnlinkedBy
  /** Also free what that link claimed. */
  release: boolean
  /** ISO 8601, UTC, milliseconds. */
  at: string
}

/** The link that is live now, or null. */
export function liveLink(record: LinkRecord): Link | null {
  return record.link !== null && record.link.ended === null ? record.link : null
}

/** A row that stands for a user who was never linked. */
export function unlinkedRecord(sellerUserId: string): LinkRecord {
  return { sellerUserId, linkRevision: 0, link: null, unlinkRequest: null }
}
