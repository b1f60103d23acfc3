import {liveLink} from '@cross-app/shared'
import type {Database} from '../context'
import type {LinkView} from '../ui/link-view'
import {readLinkRecord} from './link-row'

/** How a person's account stands to AI Hero, for the account page. */
export async function readLinkView({db}: {db: Database}, {userId}: {userId: string}): Promise<LinkView> {
  const record = await readLinkRecord(db, userId)
  if (record === null) return {state: 'none'}
  if (record.unlinkRequest !== null) return {state: 'unlinking'}
  const live = liveLink(record)
  if (live === null) return {state: 'none'}
  return {state: 'linked', aiHeroEmail: live.granterEmail, method: live.method, since: live.linkedAt}
}
