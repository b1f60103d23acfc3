import {type AuditRow, listAuditEvents} from '../audit/list-audit-events'
import type {CrossAppContext} from '../context'
import {readPeer} from '../peer/read-peer'
import type {RemoteTimeline, TimelineEntry} from '../ui/timeline-view'
import {describeAuditRow} from './describe-audit-row'

const LIMIT = 500

/** Everything both apps wrote down about one purchase. AI Hero being away costs its half, not the page. */
export async function readCrossAppTimeline(
  context: CrossAppContext,
  {purchaseId}: {purchaseId: string},
): Promise<{here: TimelineEntry[]; there: RemoteTimeline}> {
  const there = readThere(context, purchaseId)
  const rows = await listAuditEvents(context, {purchaseId, limit: LIMIT})
  return {here: rows.map((row) => describeAuditRow('total-typescript', row)), there: await there}
}

async function readThere(context: CrossAppContext, purchaseId: string): Promise<RemoteTimeline> {
  try {
    const body = await readPeer(context, '/api/cross-app/timeline', {purchaseId, limit: String(LIMIT)})
    const {rows} = body as {rows?: unknown}
    if (!Array.isArray(rows)) return {reached: false, reason: 'AI Hero answered in an unknown form.'}
    return {
      reached: true,
      readAt: context.clock.now().toISOString(),
      entries: rows.filter(isAuditRow).map((row) => describeAuditRow('ai-hero', row)),
    }
  } catch (error) {
    context.log.warn('timeline.peer-not-read', {error})
    return {reached: false, reason: error instanceof Error ? error.message : 'AI Hero could not be read.'}
  }
}

function isAuditRow(value: unknown): value is AuditRow {
  if (value === null || typeof value !== 'object') return false
  const row = value as Record<string, unknown>
  return ['id', 'at', 'actor', 'action', 'subject'].every((key) => typeof row[key] === 'string')
}
