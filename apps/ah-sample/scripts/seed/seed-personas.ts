import { type Persona, personas, seededLink } from '@sandbox/stack/personas'
import type { Executor } from '../../src/db/executor'
import { accounts, users } from '../../src/db/schema'
import { seedLink } from './seed-link'

/** The people of the local stack: users, their accounts at GitHub and Discord, and what is known of their links. */
export async function seedPersonas(db: Executor): Promise<void> {
	for (const persona of personas) await seedPersona(db, persona)
}

async function seedPersona(db: Executor, persona: Persona): Promise<void> {
	const { ah, tt, github, discord } = persona
	await db
		.insert(users)
		.values({
			id: ah.userId,
			name: persona.name,
			email: ah.email,
			role: ah.role,
			// Their addresses count as proven; nobody has to open a mail in the demo.
			emailVerified: new Date(seededLink.linkedAt),
		})
		.onDuplicateKeyUpdate({ set: { name: persona.name, role: ah.role } })
	for (const [provider, { providerAccountId }] of Object.entries({ github, discord })) {
		await db
			.insert(accounts)
			.ignore()
			.values({ userId: ah.userId, type: 'oauth', provider, providerAccountId })
	}
	if (persona.link !== 'never') {
		await seedLink(db, {
			userId: ah.userId,
			userEmail: ah.email,
			linkedUserId: tt.userId,
			linkedEmail: tt.email,
			ended: persona.link === 'ended',
		})
	}
}
