import { and, asc, desc, eq, inArray, or, type SQL } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { describeListedGrants, type ListedGrant } from '../grants/list-grants'
import { type ListedMail, listMails } from '../mail/list-mails'
import { accountLinks, crossAppGrants, undoneLinks } from '../schema'
import { addressOf } from './address-of'
import { type HostUser, readUsers } from './find-users'
import type { AccountLinkRow } from './lock-account-link'

/** A link of this person, live or ended. */
export type PersonLink = {
	sellerUserId: string
	userId: string
	live: boolean
	linkRevision: number
	method: string | null
	/** The other account's address, where a person confirmed the link. */
	sellerEmail: string | null
	/** ISO 8601, as all times here. */
	linkedAt: string | null
	ended: { at: string; by: string; released: boolean } | null
}

/**
 * One person as the bundle sync knows them: a user here, a user of the seller, or both. `user` is null when they have no
 * account here (any more).
 */
export type Person = {
	user: { id: string; name: string | null; email: string; emailVerified: string | null } | null
	/** Their ids on each side: the first is the one that counts now. */
	userIds: string[]
	sellerUserIds: string[]
	links: PersonLink[]
	/** Pairs that this person undid: no sign-in joins them again. */
	undone: { sellerUserId: string; userId: string; by: string; at: string }[]
	/** What they hold, what they bought, and what waits for their address; newest first. */
	grants: ListedGrant[]
	mails: ListedMail[]
}

const GRANTS_SHOWN = 100
/** Mails are looked up for as many purchases. */
const PURCHASES_WITH_MAILS = 25

type Reading = Pick<CrossAppContext, 'db'>

/**
 * Everything about one person, for support.
 *
 * @param input.id of a user here, also of one that is gone, or of a user of the seller
 * @returns null when nobody is known by it
 */
export async function readPerson(context: Reading, { id }: { id: string }): Promise<Person | null> {
	const found = await identify(context, id)
	if (found === null) return null
	const { user, userIds, sellerUserIds, links } = found
	const [grants, undone] = await Promise.all([
		readGrants(context, found),
		readUndone(context, { userIds, sellerUserIds }),
	])
	const purchaseIds = [...new Set(grants.map((grant) => grant.purchaseId))]
	return {
		user:
			user === null
				? null
				: {
						id: user.id,
						name: user.name,
						email: user.email,
						emailVerified: user.emailVerified?.toISOString() ?? null,
					},
		userIds,
		sellerUserIds,
		links: links.flatMap(describeLinkOfPerson),
		undone,
		grants,
		mails: await listMails(context, {
			purchaseIds: purchaseIds.slice(0, PURCHASES_WITH_MAILS),
			sellerUserIds,
		}),
	}
}

type Identified = {
	user: HostUser | null
	userIds: string[]
	sellerUserIds: string[]
	links: AccountLinkRow[]
}

async function identify(context: Reading, id: string): Promise<Identified | null> {
	const user = (await readUsers(context.db, [id])).get(id)
	if (user !== undefined) return identifyUser(context, user)
	const [link] = await readLinks(context, eq(accountLinks.linkedUserId, id))
	const [bought] = await context.db
		.select({ id: crossAppGrants.id })
		.from(crossAppGrants)
		.where(and(eq(crossAppGrants.sourceApp, SOURCE_APP), eq(crossAppGrants.sourceUserId, id)))
		.limit(1)
	if (link !== undefined || bought !== undefined) {
		const live = link?.userId ? (await readUsers(context.db, [link.userId])).get(link.userId) : undefined
		if (live !== undefined) return identifyUser(context, live)
		return { user: null, userIds: [], sellerUserIds: [id], links: link === undefined ? [] : [link] }
	}
	const former = await readLinks(context, or(eq(accountLinks.userId, id), eq(accountLinks.formerUserId, id)))
	if (former.length === 0) return null
	return { user: null, userIds: [id], sellerUserIds: former.map((row) => row.linkedUserId), links: former }
}

/** The account on the other side that is linked now comes first; it is the one whose timeline is asked for. */
async function identifyUser(context: Reading, user: HostUser): Promise<Identified> {
	const [live, former] = await Promise.all([
		readLinks(context, eq(accountLinks.userId, user.id)),
		readLinks(context, eq(accountLinks.formerUserId, user.id)),
	])
	const links = [...live, ...former]
	return {
		user,
		userIds: [user.id],
		sellerUserIds: [...new Set(links.map((row) => row.linkedUserId))],
		links,
	}
}

function readLinks({ db }: Reading, condition: SQL | undefined): Promise<AccountLinkRow[]> {
	return db
		.select()
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, SOURCE_APP), condition))
		.orderBy(desc(accountLinks.updatedAt))
}

/** Asked in three parts, each by its own key. */
async function readGrants(
	context: Reading,
	{ user, userIds, sellerUserIds }: Identified,
): Promise<ListedGrant[]> {
	const address = user === null ? null : addressOf(user)
	const conditions = [
		userIds.length === 0 ? null : inArray(crossAppGrants.userId, userIds),
		sellerUserIds.length === 0
			? null
			: and(eq(crossAppGrants.sourceApp, SOURCE_APP), inArray(crossAppGrants.sourceUserId, sellerUserIds)),
		address === null ? null : eq(crossAppGrants.pendingForEmail, address),
	].filter((condition) => condition !== null)
	const found = await Promise.all(
		conditions.map((condition) =>
			context.db
				.select()
				.from(crossAppGrants)
				.where(condition)
				.orderBy(desc(crossAppGrants.updatedAt), desc(crossAppGrants.id))
				.limit(GRANTS_SHOWN),
		),
	)
	const byId = new Map(found.flat().map((row) => [row.id, row]))
	const newest = [...byId.values()].sort(
		(left, right) => right.updatedAt.getTime() - left.updatedAt.getTime(),
	)
	return describeListedGrants(context, newest.slice(0, GRANTS_SHOWN))
}

async function readUndone(
	{ db }: Reading,
	{ userIds, sellerUserIds }: { userIds: string[]; sellerUserIds: string[] },
): Promise<Person['undone']> {
	const [userId] = userIds
	const [sellerUserId] = sellerUserIds
	const condition =
		userId !== undefined
			? eq(undoneLinks.userId, userId)
			: and(eq(undoneLinks.linkedApp, SOURCE_APP), eq(undoneLinks.linkedUserId, sellerUserId ?? ''))
	const rows = await db.select().from(undoneLinks).where(condition).orderBy(asc(undoneLinks.undoneAt))
	return rows.map((row) => ({
		sellerUserId: row.linkedUserId,
		userId: row.userId,
		by: row.undoneBy,
		at: row.undoneAt.toISOString(),
	}))
}

function describeLinkOfPerson(row: AccountLinkRow): PersonLink[] {
	const userId = row.userId ?? row.formerUserId
	if (row.linkRevision === 0 || userId === null) return []
	return [
		{
			sellerUserId: row.linkedUserId,
			userId,
			live: row.userId !== null,
			linkRevision: row.linkRevision,
			method: row.linkMethod,
			sellerEmail: row.linkedEmail,
			linkedAt: row.linkedAt?.toISOString() ?? null,
			ended:
				row.userId !== null
					? null
					: {
							at: (row.unlinkedAt ?? row.updatedAt).toISOString(),
							by: row.unlinkedBy ?? 'user',
							released: row.releasedAt !== null,
						},
		},
	]
}
