import {checkAttachment, LinkRefusedError} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import type {ProviderAccount} from './find-link-account'
import {readLinkRecord} from './link-row'

/**
 * Whether a sign-in of this user may be told to AI Hero: telling it is this app's consent to a link. AI Hero decides
 * under its lock; this only keeps consent from being given where a person has to.
 *
 * @returns false while there is a link: nothing to ask for
 * @throws LinkRefusedError still-unlinking, undone-before, attached-recently
 */
export async function checkMayLinkAutomatically(
  context: Pick<CrossAppContext, 'db' | 'clock'>,
  {userId, account}: {userId: string; account: ProviderAccount},
): Promise<boolean> {
  const record = await readLinkRecord(context.db, userId)
  if (record !== null) {
    if (record.unlinkRequest !== null) throw new LinkRefusedError('still-unlinking')
    if (record.link !== null) {
      const {ended} = record.link
      if (ended === null) return false
      // What a person undid, only a person restores (case 28).
      if (ended.by === 'user' || ended.by === 'not-me') throw new LinkRefusedError('undone-before')
    }
  }
  const {provider, providerAccountId} = account
  const seen = await context.db.providerAccountSeen.findUnique({
    where: {provider_providerAccountId: {provider, providerAccountId}},
  })
  // A row about another user tells when that one had it; this one got it later.
  checkAttachment(
    seen === null || seen.userId === userId ? seen : {attachedAt: context.clock.now(), newUser: false},
    context.clock.now(),
  )
  return true
}
