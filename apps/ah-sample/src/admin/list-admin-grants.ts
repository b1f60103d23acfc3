import { type ListedGrant, support } from '@/cross-app'
import { env } from '@/server/env'
import { grantsHref, readGrantQuery, toGrantCursor, toGrantFilter, writeCursor } from './grant-query'
import { readProductNames } from './read-product-names'
import { openSearch } from './sealed-search'

const PAGE_SIZE = 25

export type AdminGrant = ListedGrant & { courseName: string }

export type AdminGrantsPage = {
	query: ReturnType<typeof readGrantQuery>
	/** The search in the clear; null when the address holds one that can't be read. */
	search: string | null
	grants: AdminGrant[]
	products: { id: string; name: string }[]
	nextHref: string | null
}

/** One page of grants as the address asks for them. The page has checked that the viewer may see them. */
export async function listAdminGrants(
	given: Record<string, string | string[] | undefined>,
): Promise<AdminGrantsPage> {
	const query = readGrantQuery(given)
	const search = openSearch(query.q, env.AUTH_SECRET)
	const [names, page] = await Promise.all([
		readProductNames(),
		search === null
			? { grants: [], next: null }
			: support.listGrants({
					filter: toGrantFilter(query, search, new Date()),
					after: toGrantCursor(query.after),
					limit: PAGE_SIZE,
				}),
	])
	const next = page.next === null ? null : { at: page.next.updatedAt, id: page.next.id }
	return {
		query,
		search,
		grants: nameCourses(page.grants, names),
		products: [...names].map(([id, name]) => ({ id, name })),
		nextHref: next === null ? null : grantsHref({ ...query, after: writeCursor(next) }),
	}
}

/** A product that left the catalogue is called by its id. */
export function nameCourses(grants: ListedGrant[], names: Map<string, string>): AdminGrant[] {
	return grants.map((grant) => ({ ...grant, courseName: names.get(grant.productId) ?? grant.productId }))
}
