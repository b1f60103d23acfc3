import {
	checkAttachment,
	checkLogin,
	LinkRefusedError,
	methodOf,
	type UserOauthLogin,
} from '@cross-app/shared'
import type { CrossAppContext } from '../context'
import { type LinkedAndClaimed, linkAndClaim } from './link-and-claim'
import { readAttachment, readProviderAccount } from './read-provider-account'

/**
 * The automatic link: someone signed in on the other app with a provider account that a user here holds too. That is
 * looked at again under the lock; equal addresses mean nothing.
 *
 * @returns null when nobody here holds that account
 * @throws LinkRefusedError login-too-old, attached-recently, undone-before, seller-linked-elsewhere, granter-linked-elsewhere
 * or user-missing; then nothing was written but one audit row
 */
export async function autoLink(
	context: CrossAppContext,
	{ login }: { login: UserOauthLogin },
): Promise<LinkedAndClaimed | null> {
	const account = await readProviderAccount(context.db, login)
	if (account === null) return null
	return linkAndClaim(context, {
		sellerUserId: login.userId,
		userId: account.userId,
		ground: {
			kind: 'automatic',
			method: methodOf(login.provider),
			async check(tx, now) {
				checkLogin(login, now)
				const held = await readProviderAccount(tx, login)
				if (held === null || held.userId !== account.userId) throw new LinkRefusedError('user-missing')
				checkAttachment(await readAttachment(tx, held, now), now)
			},
		},
	})
}
