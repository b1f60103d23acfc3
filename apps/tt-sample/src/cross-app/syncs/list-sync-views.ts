import {liveLink} from '@cross-app/shared'
import {type CrossAppContext, PEER} from '../context'
import {type LinkRow, recordOf} from '../links/link-row'
import type {SyncView} from '../ui/sync-view'
import {describeSync} from './describe-sync'

/** The syncs of some purchases, as their buyer reads them, by purchase id. */
export async function listSyncViews(
  context: Pick<CrossAppContext, 'db' | 'clock' | 'peerUrl'>,
  {purchaseIds}: {purchaseIds: string[]},
): Promise<Record<string, SyncView[]>> {
  const views: Record<string, SyncView[]> = {}
  if (purchaseIds.length === 0) return views
  const syncs = await context.db.crossAppSync.findMany({where: {purchaseId: {in: purchaseIds}}})
  const items = await context.db.bundleItem.findMany({
    where: {targetProductId: {in: syncs.map((sync) => sync.targetProductId)}},
    orderBy: {position: 'asc'},
  })
  const links = await context.db.accountLink.findMany({
    where: {linkedApp: PEER, userId: {in: syncs.map((sync) => sync.ownerUserId)}},
  })
  const now = context.clock.now()
  const position = (sync: {targetProductId: string}) =>
    items.findIndex((item) => item.targetProductId === sync.targetProductId)
  syncs
    .slice()
    .sort((left, right) => position(left) - position(right))
    .forEach((sync) => {
      const item = items.find((candidate) => candidate.targetProductId === sync.targetProductId)
      const view = describeSync(
        {
          sync,
          productTitle: item === undefined ? sync.targetProductId : item.title,
          courseUrl: `${context.peerUrl}${item === undefined ? '' : item.path}`,
          coursePath: item === undefined ? '/' : item.path,
          linkedSince: linkedSince(links.find((link) => link.userId === sync.ownerUserId)),
        },
        now,
      )
      const list = views[sync.purchaseId] ?? []
      list.push(view)
      views[sync.purchaseId] = list
    })
  return views
}

function linkedSince(row: LinkRow | undefined): Date | null {
  const record = row === undefined ? null : recordOf(row)
  if (record === null || record.unlinkRequest !== null) return null
  const live = liveLink(record)
  return live === null ? null : new Date(live.linkedAt)
}
