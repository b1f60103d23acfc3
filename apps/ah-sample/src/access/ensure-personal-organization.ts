import { stableId } from '@cross-app/shared'
import { and, eq, inArray } from 'drizzle-orm'
import type { Executor } from '../db/executor'
import { organizationMemberships, organizations } from '../db/schema'

export type PersonalOrganization = { organizationId: string; membershipId: string }

/**
 * Finds the organization that is only this person's, or makes it. Entitlements must never land in a team the person
 * happens to belong to, so "their first membership" is not good enough: it counts only when the organization says whose
 * personal one it is, or bears the platform's name for it and has no other member.
 *
 * The caller holds the lock on the User row: two purchases of a newcomer applied at once give one organization. Ids
 * follow from the user id, so that even without the lock there could be no second one.
 */
export async function ensurePersonalOrganization(
	tx: Executor,
	user: { id: string; email: string },
): Promise<PersonalOrganization> {
	return (await findPersonalOrganization(tx, user)) ?? (await createPersonalOrganization(tx, user))
}

async function findPersonalOrganization(
	tx: Executor,
	user: { id: string; email: string },
): Promise<PersonalOrganization | null> {
	const memberships = (
		await tx.select().from(organizationMemberships).where(eq(organizationMemberships.userId, user.id))
	).filter((membership) => membership.userId === user.id)
	const ids = memberships.flatMap((membership) => membership.organizationId ?? [])
	if (ids.length === 0) return null
	const candidates = (await tx.select().from(organizations).where(inArray(organizations.id, ids))).sort(
		(left, right) => (left.id < right.id ? -1 : 1),
	)
	const marked = candidates.find((candidate) => candidate.fields?.personalOrganizationUserId === user.id)
	const named = marked ?? (await findByName(tx, candidates, user))
	const membership = memberships.find((candidate) => candidate.organizationId === named?.id)
	return named === undefined || membership === undefined
		? null
		: { organizationId: named.id, membershipId: membership.id }
}

type Organization = typeof organizations.$inferSelect

async function findByName(
	tx: Executor,
	candidates: Organization[],
	user: { id: string; email: string },
): Promise<Organization | undefined> {
	for (const candidate of candidates.filter(({ name }) => name === personalName(user.email))) {
		const members = await tx
			.select({ userId: organizationMemberships.userId })
			.from(organizationMemberships)
			.where(and(eq(organizationMemberships.organizationId, candidate.id)))
		if (members.every((member) => member.userId === user.id)) return candidate
	}
	return undefined
}

async function createPersonalOrganization(
	tx: Executor,
	user: { id: string; email: string },
): Promise<PersonalOrganization> {
	const organizationId = await stableId('personal-organization', user.id)
	const membershipId = await stableId('personal-organization-membership', user.id)
	await tx
		.insert(organizations)
		.ignore()
		.values({
			id: organizationId,
			name: personalName(user.email),
			fields: { personalOrganizationUserId: user.id },
		})
	await tx
		.insert(organizationMemberships)
		.ignore()
		.values({ id: membershipId, organizationId, role: 'learner', invitedById: user.id, userId: user.id })
	return { organizationId, membershipId }
}

/** The platform's own name for it. The column takes 191 characters. */
function personalName(email: string): string {
	return `Personal (${email})`.slice(0, 191)
}
