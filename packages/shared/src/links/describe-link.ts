import type { LinkRecord } from './link-record'
import type { LinkTold } from './mirror-link'

/**
 * A record as the event that its newest revision is, for the seller; null for a user who was never linked. Event name
 * and payload follow from the record alone, so a sender that runs late can't contradict it.
 */
export function describeLink(record: LinkRecord): LinkTold | null {
  const { link, linkRevision, sellerUserId } = record
  if (link === null) return null
  const common = { v: 1 as const, linkRevision, userId: link.granterUserId, linkedUserId: sellerUserId }
  if (link.ended !== null) {
    const { at, by, released } = link.ended
    return { name: 'account/unlinked', data: { ...common, unlinkedAt: at, by, released } }
  }
  return {
    name: 'account/linked',
    data: {
      ...common,
      linkMethod: link.method,
      linkedAt: link.linkedAt,
      ...(link.granterEmail === null ? {} : { linkedEmail: link.granterEmail }),
      ...(link.tokenId === null ? {} : { jti: link.tokenId }),
    },
  }
}
