import { listAlerts as alerts } from './audit/list-alerts'
import { readPersonTimelines as personTimelines, readPurchaseTimelines } from './audit/read-both-timelines'
import type { EmailBody } from './emails/email-body'
import { listGrants as grants } from './grants/list-grants'
import type { GrantOfUser } from './grants/list-grants-of-user'
import { listGrantsOfUser as list } from './grants/list-grants-of-user'
import { readGrant as grant } from './grants/read-grant'
import { readPendingBanner as banner, type PendingBanner } from './grants/read-pending-banner'
import { retryGrant as retry } from './grants/retry-grant'
import { context, env, sellerLinkUrl } from './host'
import { findPeople as people } from './links/find-people'
import { createFormToken } from './links/form-token'
import { readLinkRecord } from './links/read-link-record'
import { type LinkedAccount, readLinkedAccount as linkedAccount } from './links/read-linked-account'
import { readPerson as person } from './links/read-person'
import { listSeenAccounts, readProviderAccount as providerAccount } from './links/read-provider-account'
import {
	type ProviderAccount,
	recordAttachment,
	recordProviderSignIn as recordSignIn,
} from './links/record-provider-account'
import { releaseMissingUser } from './links/release-missing-user'
import { type LinkReview, reviewLink as review } from './links/review-link'
import { unlink } from './links/unlink'
import { unlinkOwn } from './links/unlink-own'
import type { RenderedEmail } from './mail/email-content'
import { dispatchAfterCommit } from './outbox/dispatch-after-commit'
import { type Backlog, readBacklog as backlog } from './outbox/read-backlog'

/** The way in: what the app may use of this folder (`ui/` apart). Here the verbs get their context. */
export { type AlertDescription, describeAlert } from './audit/describe-alert'
export type { AlertCursor, AlertsPage } from './audit/list-alerts'
export type { BothTimelines } from './audit/read-both-timelines'
export { recordAudit } from './audit/record-audit'
export type { EmailBody } from './emails/email-body'
export { crossAppFunctions } from './functions'
export type { GrantDescription } from './grants/describe-grant'
export type { GrantAttention } from './grants/grant-attention'
export type { GrantCursor, GrantFilter, GrantsPage, ListedGrant } from './grants/list-grants'
export type { GrantDetails } from './grants/read-grant'
export type { FoundPerson } from './links/find-people'
export type { Person, PersonLink } from './links/read-person'
export type { ListedMail } from './mail/list-mails'
export { handleChanges } from './routes/changes'
export { handleCron } from './routes/cron'
export { handleLinkAccept, type RouteSession } from './routes/link-accept'
export { handleLinkConfirm } from './routes/link-confirm'
export { linkCookie } from './routes/link-cookies'
export { handleUndo, handleUndoOpen } from './routes/link-undo'
export { readForm } from './routes/read-form'
export { seeOther } from './routes/see-other'
export { handleTimeline } from './routes/timeline'
export type { GrantOfUser, LinkedAccount, LinkReview, PendingBanner, ProviderAccount }
export { listSeenAccounts, recordAttachment }

/** The app's one way to open a transaction: retried on deadlocks. */
export const transact = context.transact

export const listGrantsOfUser = (input: { userId: string }): Promise<GrantOfUser[]> =>
	list(context, { ...input, sellerLinkUrl: sellerLinkUrl() })

export const readPendingBanner = (input: { userId: string }): Promise<PendingBanner | null> =>
	banner(context, { ...input, sellerLinkUrl: sellerLinkUrl() })

export const readLinkedAccount = (input: { userId: string }): Promise<LinkedAccount> =>
	linkedAccount(context, { ...input, sellerLinkUrl: sellerLinkUrl() })

export const reviewLink = (input: { token: string; userId: string | null }): Promise<LinkReview> =>
	review(context, input)

/** The hidden field of the review page's form, for this session and this link token. */
export const linkFormToken = (input: { sessionToken: string; tokenId: string }): string =>
	createFormToken({ ...input, secret: env.AUTH_SECRET })

/** A user's own "unlink": see `links/unlink-own`. */
export async function unlinkAccount(input: {
	userId: string
	notMe?: boolean
}): Promise<'unlinked' | 'nothing-to-end'> {
	const unlinked = await unlinkOwn(context, input)
	await dispatchAfterCommit(context, unlinked?.outboxIds ?? [])
	return unlinked?.outcome === 'unlinked' ? 'unlinked' : 'nothing-to-end'
}

/** To be called when an account is gone: ends its links and frees its claims. */
export async function userDeleted(input: { userId: string }): Promise<void> {
	const { outboxIds } = await releaseMissingUser(context, input)
	await dispatchAfterCommit(context, outboxIds)
}

/** Who holds this provider's account, by its exact id. */
export const readProviderAccount = (input: {
	provider: string
	providerAccountId: string
}): Promise<ProviderAccount | null> => providerAccount(context.db, input)

/** To be called at every sign-in with a provider; the other app is told, so that equal accounts find each other. */
export async function recordProviderSignIn(input: Parameters<typeof recordSignIn>[1]): Promise<void> {
	await dispatchAfterCommit(context, await recordSignIn(context, input))
}

export const readBacklog = (): Promise<Backlog> => backlog(context)

export { alert } from './host'

/** Writes a mail of the app's own in the frame that all mails have; loaded only when there is one to write. */
export async function renderMail(body: EmailBody): Promise<RenderedEmail> {
	const { renderBody } = await import('./emails/render-email')
	return renderBody(body)
}

/** For support; see each verb. Whoever calls them has checked that the person may look. */
export const support = {
	listGrants: (input: Parameters<typeof grants>[1]) => grants(context, input),
	readGrant: (input: { grantId: string }) => grant(context, input),
	readPurchaseTimelines: (input: { purchaseId: string }) => readPurchaseTimelines(context, input),
	findPeople: (input: { search: string }) => people(context, input),
	readPerson: (input: { id: string }) => person(context, input),
	readPersonTimelines: (input: Parameters<typeof personTimelines>[1]) => personTimelines(context, input),
	listAlerts: (input: Parameters<typeof alerts>[1]) => alerts(context, input),

	/** "Answer again": see `grants/retry-grant`. */
	async retryGrant(input: Parameters<typeof retry>[1]): Promise<'now' | 'later'> {
		const { answered, outboxIds } = await retry(context, input)
		await dispatchAfterCommit(context, outboxIds)
		return answered
	},

	/**
	 * Ends the link that support has looked at; one that has changed since is left alone. With `release` it was somebody
	 * else's doing: what it claimed closes, and waits for its buyer.
	 */
	async unlink(input: {
		sellerUserId: string
		linkRevision: number
		release: boolean
		actor: string
		reason: string
	}): Promise<'unlinked' | 'changed-meanwhile'> {
		const { release, sellerUserId } = input
		const record = await readLinkRecord(context, { sellerUserId })
		if (record.linkRevision !== input.linkRevision) return 'changed-meanwhile'
		const ended = await unlink(context, { ...input, by: release ? 'not-me' : 'user', exactly: true })
		await dispatchAfterCommit(context, ended.outboxIds)
		return ended.outcome === 'unlinked' ? 'unlinked' : 'changed-meanwhile'
	},
}
