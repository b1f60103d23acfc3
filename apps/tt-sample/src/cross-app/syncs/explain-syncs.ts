import {liveLink} from '@cross-app/shared'
import {type Database, PEER} from '../context'
import {recordOf} from '../links/link-row'
import type {SyncExplanation} from '../ui/sync-explanation'
import {explainSync} from './explain-sync'
import type {SyncRow} from './sync-row'

/** What a supporter is told about each of some syncs, by sync id. One look-up, whatever their number. */
export async function explainSyncs(
  {db, clock}: {db: Database; clock: {now(): Date}},
  {syncs}: {syncs: SyncRow[]},
): Promise<Record<string, SyncExplanation>> {
  const explained: Record<string, SyncExplanation> = {}
  if (syncs.length === 0) return explained
  const links = await db.accountLink.findMany({
    where: {linkedApp: PEER, userId: {in: syncs.map((sync) => sync.ownerUserId)}},
  })
  const now = clock.now()
  syncs.forEach((sync) => {
    const row = links.find((link) => link.userId === sync.ownerUserId)
    const record = row === undefined ? null : recordOf(row)
    const linked = record !== null && record.unlinkRequest === null && liveLink(record) !== null
    explained[sync.id] = explainSync(sync, {linked, now})
  })
  return explained
}
