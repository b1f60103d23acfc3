import {type AuditRow, listAuditEvents} from '../audit/list-audit-events'
import type {CrossAppContext} from '../context'
import {readPeer} from '../peer/read-peer'
import type {RemoteTimeline, TimelineEntry} from '../ui/timeline-view'
import {describeAuditRow} from './describe-audit-row'

const LIMIT = 500

/**
 * Everything both apps wrote down about one purchase, or about one person (by this app's user id, which is their name
 * on both sides). AI Hero being away costs its half, not the page.
 */
export async function readCrossAppTimeline(
  context: CrossAppContext,
  of: {purchaseId: string} | {userId: string},
): Promise<{here: TimelineEntry[]; there: RemoteTimeline}> {
  const there = readThere(context, of)
  const rows = await listAuditEvents(context, {of, limit: LIMIT})
  const describe = describeFor(of)
  return {here: rows.map((row) => describe('total-typescript', row)), there: await there}
}

async function readThere(
  context: CrossAppContext,
  of: {purchaseId: string} | {userId: string},
): Promise<RemoteTimeline> {
  try {
    const body = await readPeer(context, '/api/cross-app/timeline', {...of, limit: String(LIMIT)})
    const {rows} = body as {rows?: unknown}
    if (!Array.isArray(rows)) return {reached: false, reason: 'AI Hero answered in an unknown form.'}
    const describe = describeFor(of)
    return {
      reached: true,
      readAt: context.clock.now().toISOString(),
      entries: rows.filter(isAuditRow).map((row) => describe('ai-hero', row)),
    }
  } catch (error) {
    context.log.warn('timeline.peer-not-read', {error})
    return {reached: false, reason: error instanceof Error ? error.message : 'AI Hero could not be read.'}
  }
}

/** A person has several purchases: there each row also says which one it is about. */
function describeFor(of: {purchaseId: string} | {userId: string}) {
  return (app: TimelineEntry['app'], row: AuditRow): TimelineEntry => {
    const entry = describeAuditRow(app, row)
    if ('purchaseId' in of || row.purchaseId === null || row.purchaseId === undefined) return entry
    return {...entry, data: {purchaseId: row.purchaseId, ...entry.data}}
  }
}

function isAuditRow(value: unknown): value is AuditRow {
  if (value === null || typeof value !== 'object') return false
  const row = value as Record<string, unknown>
  return ['id', 'at', 'actor', 'action', 'subject'].every((key) => typeof row[key] === 'string')
}
