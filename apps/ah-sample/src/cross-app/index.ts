import type { GrantOfUser } from './grants/list-grants-of-user'
import { listGrantsOfUser as list } from './grants/list-grants-of-user'
import { readPendingBanner as banner, type PendingBanner } from './grants/read-pending-banner'
import { context, sellerAccountUrl } from './host'
import { type LinkedAccount, readLinkedAccount as linkedAccount } from './links/read-linked-account'
import { recordProviderAccount as recordAccount } from './links/record-provider-account'
import { readBacklog as backlog } from './outbox/read-backlog'

/** The way in: what the app may use of this folder (`ui/` apart). Here the verbs get their context. */
export { crossAppFunctions } from './functions'
export type { GrantDescription } from './grants/describe-grant'
export { handleChanges } from './routes/changes'
export { handleCron } from './routes/cron'
export { handleTimeline } from './routes/timeline'
export type { GrantOfUser, LinkedAccount, PendingBanner }

/** The app's one way to open a transaction: retried on deadlocks. */
export const transact = context.transact

export const listGrantsOfUser = (input: { userId: string }): Promise<GrantOfUser[]> =>
	list(context, { ...input, sellerAccountUrl: sellerAccountUrl() })

export const readPendingBanner = (input: { userId: string }): Promise<PendingBanner | null> =>
	banner(context, { ...input, sellerAccountUrl: sellerAccountUrl() })

export const readLinkedAccount = (input: { userId: string }): Promise<LinkedAccount> =>
	linkedAccount(context, { ...input, sellerAccountUrl: sellerAccountUrl() })

export const recordProviderAccount = (input: Parameters<typeof recordAccount>[1]): Promise<void> =>
	recordAccount(context, input)

export const readBacklog = (): Promise<{ oldestSeconds: number }> => backlog(context)

export { alert } from './host'
