import type {CrossAppContext} from '../context'
import {thawSync} from './thaw-sync'

const LIMIT = 100

/** Thaws what is frozen. A provider that can't be asked leaves a sync frozen until the next sweep. */
export async function thawFrozenSyncs(context: CrossAppContext): Promise<{thawed: number; failed: number}> {
  const frozen = await context.db.crossAppSync.findMany({
    where: {frozenAt: {not: null}},
    select: {id: true, purchaseId: true},
    orderBy: {frozenAt: 'asc'},
    take: LIMIT,
  })
  const report = {thawed: 0, failed: 0}
  for (const sync of frozen) {
    try {
      if (await thawSync(context, {syncId: sync.id, purchaseId: sync.purchaseId})) report.thawed += 1
    } catch (error) {
      report.failed += 1
      context.log.warn('sync.not-thawed', {syncId: sync.id, error})
    }
  }
  return report
}
