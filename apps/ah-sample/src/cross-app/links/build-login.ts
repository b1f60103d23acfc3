import { checkAttachment, checkLogin, describeLogin, isLinkProvider, isLinkRefused } from '@cross-app/shared'
import type { CrossAppContext } from '../context'
import { readDatabaseClock } from '../database/clock'
import { readLiveLink } from './read-live-link'
import { readAttachment, readProviderAccount } from './read-provider-account'
import type { ProviderAccount } from './record-provider-account'

/**
 * A sign-in here as the seller is told of it; null when it is no ground for a link: the person has one, the account is
 * not theirs (any more), was attached to an existing account less than a day ago, or the sign-in is too long past.
 */
export async function buildLogin(
	context: Pick<CrossAppContext, 'db'>,
	{ account, at }: { account: ProviderAccount; at: Date },
): Promise<ReturnType<typeof describeLogin> | null> {
	const { provider, providerAccountId, userId } = account
	if (!isLinkProvider(provider)) return null
	if ((await readLiveLink(context, { userId })) !== null) return null
	if ((await readProviderAccount(context.db, account))?.userId !== userId) return null
	const now = await readDatabaseClock(context.db)
	const login = describeLogin({ userId, provider, providerAccountId }, at)
	try {
		checkLogin(login.data, now)
		checkAttachment(await readAttachment(context.db, account, now), now)
	} catch (error) {
		if (isLinkRefused(error)) return null
		throw error
	}
	return login
}
