import { stableId } from '@cross-app/shared'
import { seededLink } from '@sandbox/stack/personas'
import { accountLinks } from '../../src/cross-app/schema'
import type { Executor } from '../../src/db/executor'

/**
 * Writes a link as if it had been confirmed long ago; Total TypeScript's seed writes the same on its side. A row that
 * is there stays as it is: the person may have unlinked since.
 */
export async function seedLink(
	db: Executor,
	input: { userId: string; linkedUserId: string; linkedEmail: string },
): Promise<void> {
	const linkedApp = 'total-typescript'
	await db
		.insert(accountLinks)
		.ignore()
		.values({
			id: await stableId('account-link', linkedApp, input.linkedUserId),
			linkedApp,
			linkedUserId: input.linkedUserId,
			userId: input.userId,
			linkRevision: seededLink.linkRevision,
			linkMethod: seededLink.linkMethod,
			linkedEmail: input.linkedEmail,
			linkedAt: new Date(seededLink.linkedAt),
		})
}
