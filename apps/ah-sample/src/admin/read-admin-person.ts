import { desc, eq } from 'drizzle-orm'
import { type BothTimelines, type Person, support } from '@/cross-app'
import { db } from '@/db'
import { entitlements, purchases, users } from '@/db/schema'
import { listSignInProviders, type SignInProviders } from '@/server/list-sign-in-providers'
import { totalTypeScriptUrl } from '@/server/total-typescript-urls'
import { type AdminGrant, nameCourses } from './list-admin-grants'
import { readProductNames } from './read-product-names'

const SHOWN = 100

export type AdminPersonPage = {
	person: Omit<Person, 'grants'> & { grants: AdminGrant[] }
	/** What only this app knows; null for who has no account here. */
	account: {
		role: 'user' | 'admin'
		/** ISO 8601, as all times here. */
		createdAt: string | null
		signIns: SignInProviders
		purchases: { id: string; courseName: string; status: string; boughtAt: string }[]
		entitlements: {
			id: string
			contentIds: string[]
			sourceType: string
			sourceId: string
			openedAt: string
			closedAt: string | null
		}[]
	} | null
	timelines: BothTimelines
	/** Their page in Total TypeScript's admin; null when no account there is known. */
	sellerHref: string | null
}

/** One person's whole record, from both apps; null when nobody is known by this id. The page has checked who is looking. */
export async function readAdminPerson({ id }: { id: string }): Promise<AdminPersonPage | null> {
	const person = await support.readPerson({ id })
	if (person === null) return null
	const { userIds, sellerUserIds, user } = person
	const names = await readProductNames()
	const [account, timelines] = await Promise.all([
		user === null ? null : readAccount(user.id, names),
		support.readPersonTimelines({ userIds, sellerUserIds }),
	])
	const [sellerUserId] = sellerUserIds
	return {
		person: { ...person, grants: nameCourses(person.grants, names) },
		account,
		timelines,
		sellerHref:
			sellerUserId === undefined
				? null
				: totalTypeScriptUrl(`/admin/people/${encodeURIComponent(sellerUserId)}`),
	}
}

async function readAccount(userId: string, names: Map<string, string>): Promise<AdminPersonPage['account']> {
	const [[user], signIns, bought, open] = await Promise.all([
		db.select({ role: users.role, createdAt: users.createdAt }).from(users).where(eq(users.id, userId)),
		listSignInProviders({ userId }),
		db
			.select()
			.from(purchases)
			.where(eq(purchases.userId, userId))
			.orderBy(desc(purchases.createdAt))
			.limit(SHOWN),
		db
			.select()
			.from(entitlements)
			.where(eq(entitlements.userId, userId))
			.orderBy(desc(entitlements.createdAt))
			.limit(SHOWN),
	])
	return {
		role: user?.role ?? 'user',
		createdAt: user?.createdAt?.toISOString() ?? null,
		signIns,
		purchases: bought.map((row) => ({
			id: row.id,
			courseName: names.get(row.productId) ?? row.productId,
			status: row.status,
			boughtAt: row.createdAt.toISOString(),
		})),
		entitlements: open.map((row) => ({
			id: row.id,
			contentIds: contentIdsOf(row.metadata),
			sourceType: row.sourceType,
			sourceId: row.sourceId,
			openedAt: row.createdAt.toISOString(),
			closedAt: row.deletedAt?.toISOString() ?? null,
		})),
	}
}

function contentIdsOf(metadata: Record<string, unknown> | null): string[] {
	const ids = metadata?.contentIds
	return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []
}
