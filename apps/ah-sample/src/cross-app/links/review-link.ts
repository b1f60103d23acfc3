import {
	isLinkRefused,
	type LinkRefusal,
	LinkRefusedError,
	type LinkToken,
	liveLink,
} from '@cross-app/shared'
import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import { type MailContext, SOURCE_APP } from '../context'
import { hostUsers } from '../host-tables'
import { consumedLinkTokens, crossAppGrants } from '../schema'
import { addressOf } from './address-of'
import { readLinkRecord } from './read-link-record'
import { readLiveLink } from './read-live-link'
import { recordRefusal } from './record-refusal'

export type Identity = { name: string | null; email: string }

export type LinkReview =
	| { kind: 'refused'; refusal: LinkRefusal }
	/** Nobody is signed in here. */
	| { kind: 'sign-in'; seller: Identity }
	| {
			kind: 'review'
			seller: Identity
			viewer: Identity
			/** What the link would open, each title once. */
			waitingCourseTitles: string[]
			/** These very two are linked. */
			alreadyLinked: boolean
			tokenId: string
	  }

type ReviewContext = Pick<MailContext, 'db' | 'log' | 'bridge' | 'readCourseLinks'>

/**
 * What a person has to see before they link: both identities, or at once why it can't be done. Decides nothing: the link
 * verb looks at everything again under its locks. A refusal is audited.
 */
export async function reviewLink(
	context: ReviewContext,
	input: { token: string; userId: string | null },
): Promise<LinkReview> {
	const { userId } = input
	let token: LinkToken | null = null
	try {
		token = await context.bridge.verifyLinkToken(input.token)
		const seller = { name: token.sellerName, email: token.sellerEmail }
		if (userId === null) return { kind: 'sign-in', seller }
		const viewer = await readIdentity(context, userId)
		return {
			kind: 'review',
			seller,
			viewer,
			alreadyLinked: await checkLinkable(context, token, userId),
			waitingCourseTitles: await readWaitingTitles(context, token.sellerUserId),
			tokenId: token.tokenId,
		}
	} catch (error) {
		if (!isLinkRefused(error)) throw error
		const { refusal } = error
		const sellerUserId = token?.sellerUserId ?? null
		await recordRefusal(context, { refusal, sellerUserId, userId, method: 'explicit' })
		return { kind: 'refused', refusal }
	}
}

/** @returns whether these very two are linked already @throws LinkRefusedError */
async function checkLinkable(
	{ db }: ReviewContext,
	{ sellerUserId, tokenId }: LinkToken,
	userId: string,
): Promise<boolean> {
	const ofSeller = liveLink(await readLinkRecord({ db }, { sellerUserId }))
	if (ofSeller !== null) {
		if (ofSeller.granterUserId === userId) return true
		throw new LinkRefusedError('seller-linked-elsewhere')
	}
	if ((await readLiveLink({ db }, { userId })) !== null)
		throw new LinkRefusedError('granter-linked-elsewhere')
	const used = await db
		.select({ jti: consumedLinkTokens.jti })
		.from(consumedLinkTokens)
		.where(eq(consumedLinkTokens.jti, tokenId))
	if (used.length > 0) throw new LinkRefusedError('token-used')
	return false
}

async function readIdentity({ db }: ReviewContext, userId: string): Promise<Identity> {
	const rows = await db.select().from(hostUsers).where(eq(hostUsers.id, userId))
	const user = rows.find((row) => row.id === userId)
	if (user === undefined) throw new LinkRefusedError('user-missing')
	return { name: user.name, email: addressOf(user) ?? user.email }
}

async function readWaitingTitles(context: ReviewContext, sellerUserId: string): Promise<string[]> {
	const rows = await context.db
		.selectDistinct({ productId: crossAppGrants.productId })
		.from(crossAppGrants)
		.where(
			and(
				eq(crossAppGrants.sourceApp, SOURCE_APP),
				eq(crossAppGrants.sourceUserId, sellerUserId),
				isNull(crossAppGrants.userId),
				eq(crossAppGrants.ownerProven, true),
				ne(crossAppGrants.desiredState, 'revoked'),
			),
		)
		.orderBy(asc(crossAppGrants.productId))
	return (await context.readCourseLinks(rows.map((row) => row.productId))).map(({ title }) => title)
}
