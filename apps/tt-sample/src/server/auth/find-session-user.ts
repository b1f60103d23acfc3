import type {JWT} from 'next-auth/jwt'
import type {HostContext} from '../host-context'

/**
 * The user that a session's cookie stands for, as the database has them now; null when the user is gone, or the session
 * was made through a provider's account that has been taken off the user since. Everything that believes a session asks
 * here, the sign-in library included: whoever was detached must not attach another account with the old cookie.
 */
export async function findSessionUser({db}: Pick<HostContext, 'db'>, token: JWT | null) {
  if (token === null || typeof token.sub !== 'string') return null
  const user = await db.user.findUnique({where: {id: token.sub}, include: {accounts: true}})
  if (user === null || user.id !== token.sub) return null
  return isStillAttached(token.signedInBy, user.accounts) ? user : null
}

function isStillAttached(
  signedInBy: unknown,
  accounts: {provider: string; providerAccountId: string}[],
): boolean {
  if (signedInBy === 'email') return true
  return accounts.some((account) => `${account.provider}:${account.providerAccountId}` === signedInBy)
}
