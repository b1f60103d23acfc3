import { createHash } from 'node:crypto'
import { seedCatalogue } from '../../scripts/seed/seed-catalogue'
import { db } from '../../src/db'
import { users } from '../../src/db/schema'

/** AI Hero's catalogue and a new person, in this run's database. */
export async function openShop(): Promise<void> {
	await seedCatalogue(db)
}

export async function makeViewer(): Promise<{ id: string; email: string }> {
	const viewer = { id: `user_ah_${crypto.randomUUID()}`, email: `${crypto.randomUUID()}@example.com` }
	await db.insert(users).values({ ...viewer, emailVerified: new Date('2026-01-05T09:00:00Z') })
	return viewer
}

/** Ids as Stripe makes them: unlike any other test's. */
export function stripeId(prefix: 'evt' | 'cs' | 'ch'): string {
	return `${prefix}_test_${createHash('sha256').update(crypto.randomUUID()).digest('hex').slice(0, 24)}`
}
