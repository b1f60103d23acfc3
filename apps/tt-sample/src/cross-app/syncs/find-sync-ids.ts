import {NotFoundError} from '@cross-app/shared'
import type {Database} from '../context'

/** The sync with this id, or all syncs of the purchase with this id: support has one or the other. @throws NotFoundError */
export async function findSyncIds({db}: {db: Database}, {id}: {id: string}): Promise<string[]> {
  const syncs = await db.crossAppSync.findMany({
    where: {OR: [{id}, {purchaseId: id}]},
    select: {id: true},
    orderBy: {targetProductId: 'asc'},
  })
  if (syncs.length === 0) throw new NotFoundError(`There is no sync and no purchase with syncs ${id}.`)
  return syncs.map((sync) => sync.id)
}
