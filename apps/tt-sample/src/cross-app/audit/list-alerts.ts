import type {Database} from '../context'
import type {AlertExplanation} from '../ui/alert-explanation'
import {explainAlert} from './explain-alert'
import {ALERT_SEEN} from './mark-alert-seen'

/** One alert, with what it means and whether somebody has looked at it. All values survive JSON. */
export interface AlertView extends AlertExplanation {
  id: string
  /** ISO 8601, UTC. */
  at: string
  action: string
  actor: string
  purchaseId: string | null
  subject: string
  details: Record<string, string>
  /** Who marked it as seen, such as `user:<id>`, and when. */
  seen: {by: string; at: string} | null
}

export interface AlertPosition {
  at: string
  id: string
}

export interface ListedAlerts {
  alerts: AlertView[]
  older: AlertPosition | null
}

interface AlertRow {
  id: string
  at: Date
}

/**
 * Alerts, the newest first, those without a purchase included. They are few by construction (a repeat is reported
 * once), and read from the index of actions.
 */
export async function listAlerts(
  {db}: {db: Database},
  input: {onlyUnseen: boolean; olderThan: AlertPosition | null; pageSize: number},
): Promise<ListedAlerts> {
  const {text, values} = alertIdsQuery(input)
  const found = await db.$queryRawUnsafe<AlertRow[]>(text, ...values)
  const page = found.slice(0, input.pageSize)
  const ids = page.map(({id}) => id)
  const rows = await db.auditEvent.findMany({where: {id: {in: ids}}})
  const marks = await db.auditEvent.findMany({where: {subject: {in: ids}, action: ALERT_SEEN}})
  const alerts: AlertView[] = []
  ids.forEach((id) => {
    const row = rows.find((candidate) => candidate.id === id)
    if (row === undefined) return
    const mark = marks.find((candidate) => candidate.subject === id)
    alerts.push({
      ...explainAlert(row.action),
      id,
      at: row.at.toISOString(),
      action: row.action,
      actor: row.actor,
      purchaseId: row.purchaseId,
      subject: row.subject,
      details: detailsOf(row.data),
      seen: mark === undefined ? null : {by: mark.actor, at: mark.at.toISOString()},
    })
  })
  const last = page[page.length - 1]
  const more = found.length > page.length && last !== undefined
  return {alerts, older: more ? {at: last.at.toISOString(), id: last.id} : null}
}

/** At most `limit`: counting stops there. */
export async function countUnseenAlerts({db}: {db: Database}, {limit}: {limit: number}): Promise<number> {
  const {text, values} = alertIdsQuery({onlyUnseen: true, olderThan: null, pageSize: limit - 1})
  return (await db.$queryRawUnsafe<AlertRow[]>(text, ...values)).length
}

/** Apart from the look-up, so that a test can ask the database for its plan. */
export function alertIdsQuery(input: {
  onlyUnseen: boolean
  olderThan: AlertPosition | null
  pageSize: number
}): {text: string; values: unknown[]} {
  const values: unknown[] = []
  // A range of the index of actions: `/` is the character after `.`.
  const conditions = ["a.action >= 'alert.'", "a.action < 'alert/'"]
  if (input.olderThan !== null) {
    conditions.push('a.at <= ?', '(a.at <> ? OR a.id < ?)')
    const at = new Date(input.olderThan.at)
    values.push(at, at, input.olderThan.id)
  }
  if (input.onlyUnseen) {
    conditions.push('NOT EXISTS (SELECT 1 FROM AuditEvent m WHERE m.subject = a.id AND m.action = ?)')
    values.push(ALERT_SEEN)
  }
  const limit = Math.max(0, Math.floor(input.pageSize)) + 1
  return {
    text: `SELECT a.id, a.at FROM AuditEvent a WHERE ${conditions.join(' AND ')} ORDER BY a.at DESC, a.id DESC LIMIT ${limit}`,
    values,
  }
}

function detailsOf(data: unknown): Record<string, string> {
  const details: Record<string, string> = {}
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return details
  const source = data as Record<string, unknown>
  Object.keys(source).forEach((key) => {
    const value = source[key]
    if (value === null || value === '') return
    details[key] = typeof value === 'string' ? value : JSON.stringify(value)
  })
  return details
}
