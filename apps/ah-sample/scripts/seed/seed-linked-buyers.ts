import { linkedBuyers, seededLink } from '@sandbox/stack/personas'
import type { Executor } from '../../src/db/executor'
import { users } from '../../src/db/schema'
import { seedLink } from './seed-link'

/** Makes linked buyers for a demo, a test or a benchmark. A repeat of the same run finds its own. */
export async function seedLinkedBuyers(db: Executor, input: { runId: string; count: number }): Promise<void> {
	for (const buyer of linkedBuyers(input.runId, input.count)) {
		await db
			.insert(users)
			.ignore()
			.values({
				id: buyer.ahUserId,
				name: buyer.name,
				email: buyer.ahEmail,
				emailVerified: new Date(seededLink.linkedAt),
			})
		await seedLink(db, {
			userId: buyer.ahUserId,
			userEmail: buyer.ahEmail,
			linkedUserId: buyer.ttUserId,
			linkedEmail: buyer.ttEmail,
		})
	}
}
