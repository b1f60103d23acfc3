import type { GrantOfUser } from './grants/list-grants-of-user'
import { listGrantsOfUser as list } from './grants/list-grants-of-user'
import { readPendingBanner as banner, type PendingBanner } from './grants/read-pending-banner'
import { context, env, sellerLinkUrl } from './host'
import { createFormToken } from './links/form-token'
import { type LinkedAccount, readLinkedAccount as linkedAccount } from './links/read-linked-account'
import { listSeenAccounts, readProviderAccount as providerAccount } from './links/read-provider-account'
import {
	type ProviderAccount,
	recordAttachment,
	recordProviderSignIn as recordSignIn,
} from './links/record-provider-account'
import { releaseMissingUser } from './links/release-missing-user'
import { type LinkReview, reviewLink as review } from './links/review-link'
import { unlinkOwn } from './links/unlink-own'
import { dispatchAfterCommit } from './outbox/dispatch-after-commit'
import { readBacklog as backlog } from './outbox/read-backlog'

/** The way in: what the app may use of this folder (`ui/` apart). Here the verbs get their context. */
export { recordAudit } from './audit/record-audit'
export { crossAppFunctions } from './functions'
export type { GrantDescription } from './grants/describe-grant'
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

export const readBacklog = (): Promise<{ oldestSeconds: number }> => backlog(context)

export { alert } from './host'
