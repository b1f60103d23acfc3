import { and, desc, eq, inArray, like, type SQL } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { hostUsers } from '../host-tables'
import { accountLinks, crossAppGrants } from '../schema'
import { addressOf } from './address-of'
import { findUsersByEmail, readUsers } from './find-users'

/** Someone a search has found: with an account here, or known only by what they bought from the seller. */
export type FoundPerson = {
	/** For the page about them. */
	id: string
	email: string | null
	name: string | null
	account: 'here' | 'seller-only'
	/** The seller's user they are linked to now. */
	linkedTo: string | null
}

const MOST = 25
const SHORTEST_BEGINNING = 3

type Reading = Pick<CrossAppContext, 'db'>

/**
 * Finds people by an address, by how their address begins (three letters or more), or by an id: of a user on either app,
 * of a purchase, of a grant. Whatever is somebody's whole address means that one.
 */
export async function findPeople(context: Reading, { search }: { search: string }): Promise<FoundPerson[]> {
	const [users, sellers] = await Promise.all([findUsers(context, search), findSellerUsers(context, search)])
	const links = await readLinksOf(
		context,
		users.map((user) => user.id),
	)
	const here = users.map(
		(user): FoundPerson => ({
			id: user.id,
			email: user.email,
			name: user.name,
			account: 'here',
			linkedTo: links.get(user.id) ?? null,
		}),
	)
	const shown = here.flatMap((person) => person.linkedTo ?? [])
	return [...here, ...(await describeSellerUsers(context, sellers, shown))]
		.filter((person, index, all) => all.findIndex((other) => other.id === person.id) === index)
		.slice(0, MOST)
}

async function findUsers({ db }: Reading, search: string) {
	const byId = [...(await readUsers(db, [search])).values()]
	const address = addressOf({ email: search })
	const exactly = address === null ? [] : await findUsersByEmail(db, address)
	if (exactly.length > 0 || search.length < SHORTEST_BEGINNING) return [...byId, ...exactly]
	const byBeginning = await db
		.select()
		.from(hostUsers)
		.where(like(hostUsers.email, beginningWith(search)))
		.orderBy(hostUsers.email)
		.limit(MOST)
	return [...byId, ...byBeginning]
}

/** For LIKE; `%`, `_` and the escape itself are what people type in addresses. */
function beginningWith(text: string): string {
	return `${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
}

/** The seller's users whose grants, or link, the search names. */
async function findSellerUsers({ db }: Reading, search: string): Promise<Map<string, string | null>> {
	const address = addressOf({ email: search })
	const ofSeller = eq(crossAppGrants.sourceApp, SOURCE_APP)
	const read = (condition: SQL | undefined) =>
		db
			.select({ sellerUserId: crossAppGrants.sourceUserId, email: crossAppGrants.ownerEmail })
			.from(crossAppGrants)
			.where(condition)
			.orderBy(desc(crossAppGrants.updatedAt))
			.limit(MOST)
	const named = await Promise.all(
		(address !== null
			? [eq(crossAppGrants.ownerEmail, address)]
			: [
					eq(crossAppGrants.id, search),
					and(ofSeller, eq(crossAppGrants.sourcePurchaseId, search)),
					and(ofSeller, eq(crossAppGrants.sourceUserId, search)),
				]
		).map(read),
	)
	// The column holds addresses as they are normalised.
	const beginning = beginningWith(search.normalize('NFC').toLowerCase())
	const found =
		named.flat().length > 0 || search.length < SHORTEST_BEGINNING
			? named
			: [await read(like(crossAppGrants.ownerEmail, beginning))]
	const known = await db
		.select({ sellerUserId: accountLinks.linkedUserId, email: accountLinks.linkedEmail })
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, SOURCE_APP), eq(accountLinks.linkedUserId, search)))
	return new Map([...known, ...found.flat()].map((row) => [row.sellerUserId, row.email]))
}

/** As the person they are linked to here, when they are. */
async function describeSellerUsers(
	context: Reading,
	sellers: Map<string, string | null>,
	shown: string[],
): Promise<FoundPerson[]> {
	const ids = [...sellers.keys()].filter((id) => !shown.includes(id))
	if (ids.length === 0) return []
	const links = await context.db
		.select({ sellerUserId: accountLinks.linkedUserId, userId: accountLinks.userId })
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, SOURCE_APP), inArray(accountLinks.linkedUserId, ids)))
	const userIds = links.flatMap((link) => link.userId ?? [])
	const users = await readUsers(context.db, userIds)
	return ids.map((sellerUserId): FoundPerson => {
		const userId = links.find((link) => link.sellerUserId === sellerUserId)?.userId ?? null
		const user = userId === null ? undefined : users.get(userId)
		if (user === undefined) {
			const email = sellers.get(sellerUserId) ?? null
			return { id: sellerUserId, email, name: null, account: 'seller-only', linkedTo: null }
		}
		return { id: user.id, email: user.email, name: user.name, account: 'here', linkedTo: sellerUserId }
	})
}

async function readLinksOf({ db }: Reading, userIds: string[]): Promise<Map<string, string>> {
	if (userIds.length === 0) return new Map()
	const rows = await db
		.select({ sellerUserId: accountLinks.linkedUserId, userId: accountLinks.userId })
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, SOURCE_APP), inArray(accountLinks.userId, userIds)))
	return new Map(rows.flatMap((row) => (row.userId === null ? [] : [[row.userId, row.sellerUserId]])))
}
