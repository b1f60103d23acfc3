import type {Transaction} from '../context'

export interface OutboxRow {
  id: string
  kind: string
  name: string
  payload: unknown
  attempts: number
  nextAttemptAt: Date | null
  dispatchedAt: Date | null
}

/** One row, locked until the transaction ends. A locking read sees the newest committed state. */
export async function lockOutboxRow(tx: Transaction, id: string): Promise<OutboxRow | null> {
  const rows = await tx.$queryRaw<OutboxRow[]>`
    SELECT id, kind, name, payload, attempts, nextAttemptAt, dispatchedAt FROM Outbox WHERE id = ${id} FOR UPDATE`
  const row = rows[0]
  if (row === undefined) return null
  // MySQL returns JSON parsed, MariaDB as the text it stores.
  return {...row, payload: typeof row.payload === 'string' ? JSON.parse(row.payload) : row.payload}
}
