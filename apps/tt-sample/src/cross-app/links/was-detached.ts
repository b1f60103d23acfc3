import type {LinkTold} from '@cross-app/shared'
import type {Transaction} from '../context'

/** The audit row that the host writes in the transaction that confirms an address and detaches strangers' accounts. */
export const EMAIL_VERIFIED = 'user.email-verified'

/**
 * Whether a link is told that was made by a sign-in account which has been taken off this user since, because someone
 * else had attached it: this app's word that they hold it was true when it was given. Ask under the link's lock, which
 * whoever detaches holds too.
 *
 * The audit trail is asked: `ProviderAccountSeen` forgets this user as soon as the account is attached to another one.
 * Only what is known to have been detached counts: a database that was restored from a backup may have forgotten an
 * account, and its owner's link is not to end for that.
 */
export async function wasDetached(tx: Transaction, told: LinkTold): Promise<boolean> {
  if (told.name !== 'account/linked' || told.data.linkMethod === 'explicit') return false
  const userId = told.data.linkedUserId
  const provider = told.data.linkMethod === 'oauth-discord' ? 'discord' : 'github'
  const held = await tx.$queryRaw<{userId: string}[]>`
    SELECT userId FROM Account WHERE userId = ${userId} AND provider = ${provider} FOR UPDATE`
  if (held.some((account) => account.userId === userId)) return false
  const confirmations = await tx.auditEvent.findMany({
    where: {subject: userId, action: EMAIL_VERIFIED},
    select: {data: true},
  })
  return confirmations.some(({data}) => detachedProvidersOf(data).indexOf(provider) !== -1)
}

function detachedProvidersOf(data: unknown): string[] {
  if (data === null || typeof data !== 'object' || !('detachedProviders' in data)) return []
  return typeof data.detachedProviders === 'string' ? data.detachedProviders.split(',') : []
}
