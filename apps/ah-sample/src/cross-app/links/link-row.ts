import type { Link, LinkRecord } from '@cross-app/shared'
import type { accountLinks } from '../schema'
import type { AccountLinkRow } from './lock-account-link'

/** A stored row as the verbs of the shared package see it. */
export function toLinkRecord(row: AccountLinkRow): LinkRecord {
	const { linkedUserId: sellerUserId, linkRevision } = row
	const granterUserId = row.userId ?? row.formerUserId
	if (linkRevision === 0 || granterUserId === null) {
		return { sellerUserId, linkRevision, link: null, unlinkRequest: null }
	}
	return {
		sellerUserId,
		linkRevision,
		link: {
			granterUserId,
			// The columns hold only what `toLinkColumns` wrote, which is of these types.
			method: row.linkMethod as Link['method'],
			granterEmail: row.userEmail,
			sellerEmail: row.linkedEmail,
			tokenId: row.linkTokenId,
			linkedAt: (row.linkedAt ?? row.createdAt).toISOString(),
			ended:
				row.userId !== null
					? null
					: {
							at: (row.unlinkedAt ?? row.updatedAt).toISOString(),
							by: row.unlinkedBy as NonNullable<Link['ended']>['by'],
							released: row.releasedAt !== null,
						},
		},
		unlinkRequest: null,
	}
}

/** The columns that a record says; `updatedAt` is the caller's. */
export function toLinkColumns({ link, linkRevision }: LinkRecord): Partial<typeof accountLinks.$inferInsert> {
	if (link === null) return { linkRevision }
	const { ended } = link
	return {
		linkRevision,
		userId: ended === null ? link.granterUserId : null,
		formerUserId: ended === null ? null : link.granterUserId,
		linkMethod: link.method,
		linkedEmail: link.sellerEmail,
		userEmail: link.granterEmail,
		linkTokenId: link.tokenId,
		linkedAt: new Date(link.linkedAt),
		unlinkedAt: ended === null ? null : new Date(ended.at),
		unlinkedBy: ended?.by ?? null,
		releasedAt: ended?.released ? new Date(ended.at) : null,
	}
}
