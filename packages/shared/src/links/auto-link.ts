import type { UserOauthLogin } from '../events/user-oauth-login'
import type { LinkMethod } from './link-record'
import { LinkRefusedError } from './link-refused-error'

/** How long a sign-in is a ground for linking. */
export const LOGIN_MINUTES = 10
/** An account that was just added to an existing one may be a stranger's: a day is time to notice it. */
const SETTLING_MS = 24 * 60 * 60_000

/** When a provider's account was attached to a user on one side; null: before that was noted, so long ago. */
export type ProviderAttachment = { attachedAt: Date; newUser: boolean } | null

/**
 * Whether holding a provider's account is a ground for an automatic link on this side.
 *
 * @throws LinkRefusedError attached-recently
 */
export function checkAttachment(attachment: ProviderAttachment, now: Date): void {
  if (attachment === null || attachment.newUser) return
  if (now.getTime() - attachment.attachedAt.getTime() < SETTLING_MS) {
    throw new LinkRefusedError('attached-recently')
  }
}

/**
 * Whether the other app's sign-in is recent enough to link by. Its own signed times count, by this side's clock.
 *
 * @throws LinkRefusedError login-too-old
 */
export function checkLogin(login: Pick<UserOauthLogin, 'at' | 'expiresAt'>, now: Date): void {
  const longest = Date.parse(login.at) + LOGIN_MINUTES * 60_000
  if (now.getTime() > Math.min(Date.parse(login.expiresAt), longest)) {
    throw new LinkRefusedError('login-too-old')
  }
}

/** A sign-in as the other app is told of it. */
export function describeLogin(
  account: { userId: string; provider: UserOauthLogin['provider']; providerAccountId: string },
  now: Date,
): { name: 'user/oauth-login'; data: UserOauthLogin } {
  const expiresAt = new Date(now.getTime() + LOGIN_MINUTES * 60_000)
  return {
    name: 'user/oauth-login',
    data: { v: 1, ...account, at: now.toISOString(), expiresAt: expiresAt.toISOString() },
  }
}

/** The providers both apps may link by; any other sign-in tells nothing. */
export function isLinkProvider(provider: string): provider is UserOauthLogin['provider'] {
  return provider === 'github' || provider === 'discord'
}

export function methodOf(provider: UserOauthLogin['provider']): Exclude<LinkMethod, 'explicit'> {
  return provider === 'github' ? 'oauth-github' : 'oauth-discord'
}
