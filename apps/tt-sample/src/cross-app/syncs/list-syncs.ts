import type {Database} from '../context'
import type {SyncRow} from './sync-row'

export type SyncFilter = 'all' | 'pending' | 'synced' | 'failed' | 'revoked'
const STATUSES = ['pending', 'synced', 'failed', 'revoked'] as const

export interface ListedSyncs {
  /** Per status, for the same search. */
  counts: Record<SyncFilter, number>
  rows: SyncRow[]
  /** Counted from 1. */
  page: number
  pages: number
}

/**
 * Syncs for support, the newest change first.
 *
 * @param search part of an owner's address, or a whole purchase, sync or product id; empty for all
 */
export async function listSyncs(
  {db}: {db: Database},
  input: {status: SyncFilter; search: string; page: number; pageSize: number},
): Promise<ListedSyncs> {
  const search = input.search.trim()
  const matching =
    search === ''
      ? {}
      : {
          OR: [
            {ownerEmail: {contains: search.toLowerCase()}},
            {purchaseId: search},
            {id: search},
            {targetProductId: search},
          ],
        }
  const where = input.status === 'all' ? matching : {...matching, status: input.status}
  const groups = await db.crossAppSync.groupBy({by: ['status'], where: matching, _count: {_all: true}})
  const counts: Record<SyncFilter, number> = {all: 0, pending: 0, synced: 0, failed: 0, revoked: 0}
  groups.forEach((group) => {
    const status = STATUSES.find((candidate) => candidate === group.status)
    if (status !== undefined) counts[status] += group._count._all
    counts.all += group._count._all
  })
  const pages = Math.max(1, Math.ceil(counts[input.status] / input.pageSize))
  const page = Math.min(Math.max(1, Math.floor(input.page) || 1), pages)
  const rows = await db.crossAppSync.findMany({
    where,
    orderBy: [{updatedAt: 'desc'}, {id: 'asc'}],
    skip: (page - 1) * input.pageSize,
    take: input.pageSize,
  })
  return {counts, rows, page, pages}
}
