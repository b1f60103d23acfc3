import type {Database} from '../context'

/** One audit row as it leaves this app, for the admin timeline of the peer and the stack's home page. */
export interface AuditRow {
  id: string
  /** ISO 8601, UTC. */
  at: string
  actor: string
  action: string
  purchaseId: string | null
  subject: string
  data: unknown
}

/** Rows of one purchase, or of everything since a moment. Oldest first; at most `limit`, the newest when there are more. */
export async function listAuditEvents(
  {db}: {db: Database},
  input: {purchaseId: string; limit: number} | {since: Date; limit: number},
): Promise<AuditRow[]> {
  const where = 'purchaseId' in input ? {purchaseId: input.purchaseId} : {at: {gte: input.since}}
  const rows = await db.auditEvent.findMany({where, orderBy: [{at: 'desc'}, {id: 'desc'}], take: input.limit})
  return rows.reverse().map((row) => ({...row, at: row.at.toISOString()}))
}
