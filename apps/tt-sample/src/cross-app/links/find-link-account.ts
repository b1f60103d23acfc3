import type {UserOauthLogin} from '@cross-app/shared'
import type {Database} from '../context'

/** One account of a sign-in provider that both apps may link by. */
export type ProviderAccount = Pick<UserOauthLogin, 'provider' | 'providerAccountId'>

/**
 * Whose sign-in account this is here, now; null when it is nobody's. The host's table compares without accents and
 * letter case, so what it finds is compared again.
 */
export async function findAccountHolder(
  {db}: {db: Database},
  {provider, providerAccountId}: ProviderAccount,
): Promise<string | null> {
  const account = await db.account.findUnique({
    where: {provider_providerAccountId: {provider, providerAccountId}},
    include: {user: {select: {id: true}}},
  })
  if (account === null || account.provider !== provider) return null
  return account.providerAccountId === providerAccountId ? account.user.id : null
}
