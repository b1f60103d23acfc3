import type { AccountLinked, AccountUnlinked, CrossAppEvent } from '@cross-app/shared'
import type { AccountLinkRow } from './lock-account-link'

/**
 * A link row as `account/linked` or `account/unlinked`, whichever its newest revision is; null for a row that only
 * stands for a user and was never linked.
 */
export function describeLink(row: AccountLinkRow): CrossAppEvent | null {
	if (row.linkRevision === 0) return null
	const common = { v: 1 as const, linkRevision: row.linkRevision, linkedUserId: row.linkedUserId }
	if (row.userId !== null) {
		return {
			name: 'account/linked',
			data: {
				...common,
				userId: row.userId,
				// The columns hold only what the link verb wrote, which is of these types.
				linkMethod: row.linkMethod as AccountLinked['linkMethod'],
				linkedAt: (row.linkedAt ?? row.updatedAt).toISOString(),
				...(row.linkedEmail === null ? {} : { linkedEmail: row.linkedEmail }),
				...(row.linkTokenId === null ? {} : { jti: row.linkTokenId }),
			},
		}
	}
	return {
		name: 'account/unlinked',
		data: {
			...common,
			userId: row.formerUserId ?? '',
			unlinkedAt: (row.unlinkedAt ?? row.updatedAt).toISOString(),
			by: row.unlinkedBy as AccountUnlinked['by'],
			released: row.releasedAt !== null,
		},
	}
}
