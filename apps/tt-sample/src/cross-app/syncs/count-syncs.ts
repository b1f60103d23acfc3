import type {Database} from '../context'
import {OVERDUE_AFTER_MS} from './list-syncs'

/** Nobody acts differently on 100 than on 100,000, and counting stops here. */
export const COUNT_LIMIT = 100

/** How many syncs there are of each kind that somebody should know of; each at most `COUNT_LIMIT`. */
export interface SyncCounts {
  failed: number
  /** AI Hero knows more than this database. */
  frozen: number
  /** Not acknowledged for a quarter of an hour, whatever the reason. */
  overdue: number
  held: number
  unclaimed: number
}

/** Five look-ups in five indexes, each of which stops at the limit. */
export async function countSyncs({db, clock}: {db: Database; clock: {now(): Date}}): Promise<SyncCounts> {
  const count = (where: NonNullable<Parameters<typeof db.crossAppSync.count>[0]>['where']) =>
    db.crossAppSync.count({where, take: COUNT_LIMIT})
  const overdueSince = new Date(clock.now().getTime() - OVERDUE_AFTER_MS)
  const [failed, frozen, overdue, held, unclaimed] = await Promise.all([
    count({status: 'failed'}),
    count({frozenAt: {not: null}}),
    count({dueSince: {lt: overdueSince}}),
    count({reason: 'hold'}),
    // As the list means it: AI Hero has answered this very revision, and nobody has claimed it.
    count({
      mirrorStatus: 'pending',
      desiredState: 'granted',
      ackedRevision: {equals: db.crossAppSync.fields.revision},
    }),
  ])
  return {failed, frozen, overdue, held, unclaimed}
}
