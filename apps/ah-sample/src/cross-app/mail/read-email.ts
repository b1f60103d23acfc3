import { and, eq } from 'drizzle-orm'
import { z } from 'zod/v4'
import { type MailContext, SOURCE_APP } from '../context'
import { type GrantRow, statusOf } from '../grants/grant-row'
import { hostUsers } from '../host-tables'
import { crossAppGrants } from '../schema'
import type { EmailContent, EmailTemplate } from './email-content'

export type AddressedEmail = { to: string; content: EmailContent }

const id = z.string().min(1).max(191)
const purchase = z.object({ purchaseId: id, userId: id })
const pending = z.object({ purchaseId: id, linkedUserId: id })
const claimed = z.object({ linkedUserId: id, linkRevision: z.number().int(), userId: id })
const linked = claimed.extend({
	method: z.enum(['explicit', 'oauth-github', 'oauth-discord']),
	linkedAt: z.iso.datetime(),
})
const unlinked = claimed.extend({
	by: z.enum(['user', 'not-me', 'refused', 'account-deleted']),
	released: z.boolean(),
	unlinkedAt: z.iso.datetime(),
})

type ReadContext = Pick<MailContext, 'db' | 'bridge' | 'readCourseLinks' | 'appUrl'>

/**
 * What a queued mail says and who gets it, from what is stored now; null when there is nothing left to say, because the
 * person is gone or it is no longer so.
 *
 * @throws ZodError when the row does not hold what its template is about
 */
export function readEmail(
	context: ReadContext,
	{ template, payload }: { template: EmailTemplate; payload: unknown },
): Promise<AddressedEmail | null> {
	switch (template) {
		case 'access-granted':
			return readGranted(context, purchase.parse(payload))
		case 'access-pending':
			return readPending(context, pending.parse(payload))
		case 'access-claimed':
			return readClaimed(context, claimed.parse(payload))
		case 'access-ended':
			return readEnded(context, purchase.parse(payload))
		case 'account-linked':
			return readLinked(context, linked.parse(payload))
		case 'account-unlinked':
			return readUnlinked(context, unlinked.parse(payload))
	}
}

async function readGranted(
	context: ReadContext,
	{ purchaseId, userId }: z.infer<typeof purchase>,
): Promise<AddressedEmail | null> {
	const open = (await grantsOfPurchase(context, purchaseId)).filter(
		(grant) => grant.userId === userId && statusOf(grant) === 'active',
	)
	return readOpened(context, { template: 'access-granted', userId, open })
}

async function readClaimed(
	context: ReadContext,
	{ linkedUserId, linkRevision, userId }: z.infer<typeof claimed>,
): Promise<AddressedEmail | null> {
	const grants = await context.db
		.select()
		.from(crossAppGrants)
		.where(
			and(
				eq(crossAppGrants.sourceApp, SOURCE_APP),
				eq(crossAppGrants.sourceUserId, linkedUserId),
				eq(crossAppGrants.claimedByLinkRevision, linkRevision),
			),
		)
	const open = grants.filter((grant) => grant.userId === userId && statusOf(grant) === 'active')
	return readOpened(context, { template: 'access-claimed', userId, open })
}

async function readOpened(
	context: ReadContext,
	input: { template: 'access-granted' | 'access-claimed'; userId: string; open: GrantRow[] },
): Promise<AddressedEmail | null> {
	const to = await readAddress(context, input.userId)
	if (to === null || input.open.length === 0) return null
	const links = await context.readCourseLinks(productIdsOf(input.open))
	return {
		to,
		content: {
			template: input.template,
			data: {
				courses: links.map(({ title, path }) => ({ title, href: context.appUrl(path) })),
				profileHref: context.appUrl('/profile'),
			},
		},
	}
}

/** To the owner's address as the seller has proven it: they may have no account here yet. */
async function readPending(
	context: ReadContext,
	{ purchaseId, linkedUserId }: z.infer<typeof pending>,
): Promise<AddressedEmail | null> {
	const waiting = (await grantsOfPurchase(context, purchaseId)).filter(
		(grant) => grant.sourceUserId === linkedUserId && grant.ownerProven && statusOf(grant) === 'pending',
	)
	const to = waiting[0]?.ownerEmail
	if (to === undefined) return null
	return {
		to,
		content: {
			template: 'access-pending',
			data: { courseTitles: await titlesOf(context, waiting), linkHref: context.appUrl('/claim') },
		},
	}
}

async function readEnded(
	context: ReadContext,
	{ purchaseId, userId }: z.infer<typeof purchase>,
): Promise<AddressedEmail | null> {
	const to = await readAddress(context, userId)
	const ended = (await grantsOfPurchase(context, purchaseId)).filter(
		(grant) => grant.userId === userId && statusOf(grant) === 'revoked',
	)
	if (to === null || ended.length === 0) return null
	return {
		to,
		content: {
			template: 'access-ended',
			data: {
				courseTitles: await titlesOf(context, ended),
				reason: reasonOf(ended[0]?.stopReason ?? null),
				purchaseId,
			},
		},
	}
}

/** Sent also when the link has ended since: whoever did not make it has to learn of it. */
async function readLinked(
	context: ReadContext,
	{ linkedUserId, linkRevision, userId, method, linkedAt }: z.infer<typeof linked>,
): Promise<AddressedEmail | null> {
	const to = await readAddress(context, userId)
	if (to === null) return null
	const token = await context.bridge.createUndoToken({ sellerUserId: linkedUserId, linkRevision })
	return {
		to,
		content: {
			template: 'account-linked',
			data: {
				method,
				linkedAt,
				profileHref: context.appUrl('/profile'),
				notMeHref: context.appUrl(`/account-link/not-me?token=${encodeURIComponent(token)}`),
			},
		},
	}
}

async function readUnlinked(
	context: ReadContext,
	{ userId, by, released, unlinkedAt }: z.infer<typeof unlinked>,
): Promise<AddressedEmail | null> {
	const to = await readAddress(context, userId)
	if (to === null) return null
	return {
		to,
		content: {
			template: 'account-unlinked',
			data: {
				by,
				unlinkedAt,
				released,
				profileHref: context.appUrl('/profile'),
				linkHref: context.appUrl('/claim'),
			},
		},
	}
}

function grantsOfPurchase({ db }: ReadContext, purchaseId: string): Promise<GrantRow[]> {
	return db
		.select()
		.from(crossAppGrants)
		.where(and(eq(crossAppGrants.sourceApp, SOURCE_APP), eq(crossAppGrants.sourcePurchaseId, purchaseId)))
}

async function readAddress({ db }: ReadContext, userId: string): Promise<string | null> {
	const rows = await db.select().from(hostUsers).where(eq(hostUsers.id, userId))
	return rows.find((row) => row.id === userId)?.email ?? null
}

async function titlesOf(context: ReadContext, grants: GrantRow[]): Promise<string[]> {
	return (await context.readCourseLinks(productIdsOf(grants))).map(({ title }) => title)
}

function productIdsOf(grants: GrantRow[]): string[] {
	return [...new Set(grants.map((grant) => grant.productId))]
}

function reasonOf(stopReason: string | null): 'refund' | 'dispute' | 'hold' | null {
	return stopReason === 'refund' || stopReason === 'dispute' || stopReason === 'hold' ? stopReason : null
}
