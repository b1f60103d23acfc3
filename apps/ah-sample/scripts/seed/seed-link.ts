import { stableId } from '@cross-app/shared'
import { seededLink, seededUnlink } from '@sandbox/stack/personas'
import { and, eq } from 'drizzle-orm'
import { accountLinks, undoneLinks } from '../../src/cross-app/schema'
import type { Executor } from '../../src/db/executor'

/**
 * Writes a link as if it had been confirmed, and perhaps ended, long ago; Total TypeScript's seed writes the same on its
 * side. A row that is there stays as it is: the person may have unlinked since.
 */
export async function seedLink(
	db: Executor,
	input: {
		userId: string
		userEmail: string
		linkedUserId: string
		linkedEmail: string
		/** The person has unlinked since. */
		ended?: boolean
	},
): Promise<void> {
	const linkedApp = 'total-typescript'
	const link = {
		linkMethod: seededLink.linkMethod,
		linkedEmail: input.linkedEmail,
		userEmail: input.userEmail,
		linkedAt: new Date(seededLink.linkedAt),
	}
	await db
		.insert(accountLinks)
		.ignore()
		.values({
			id: await stableId('account-link', linkedApp, input.linkedUserId),
			linkedApp,
			linkedUserId: input.linkedUserId,
			...link,
			...(input.ended
				? {
						formerUserId: input.userId,
						linkRevision: seededUnlink.linkRevision,
						unlinkedBy: seededUnlink.unlinkedBy,
						unlinkedAt: new Date(seededUnlink.unlinkedAt),
					}
				: { userId: input.userId, linkRevision: seededLink.linkRevision }),
		})
	if (input.ended) await seedUndonePair(db, input)
}

/** As the link verb would remember it, while the seeded end is still what is stored. */
async function seedUndonePair(
	db: Executor,
	{ userId, linkedUserId }: { userId: string; linkedUserId: string },
): Promise<void> {
	const [ended] = await db
		.select({ linkedApp: accountLinks.linkedApp })
		.from(accountLinks)
		.where(
			and(
				eq(accountLinks.linkedUserId, linkedUserId),
				eq(accountLinks.formerUserId, userId),
				eq(accountLinks.linkRevision, seededUnlink.linkRevision),
			),
		)
	if (ended === undefined) return
	const undone = { undoneBy: seededUnlink.unlinkedBy, undoneAt: new Date(seededUnlink.unlinkedAt) }
	await db
		.insert(undoneLinks)
		.ignore()
		.values({ linkedApp: ended.linkedApp, linkedUserId, userId, ...undone })
}
