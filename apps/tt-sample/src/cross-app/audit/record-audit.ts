import {stableId} from '@cross-app/shared'
import type {TransactionContext} from '../context'

/** Flat and free of addresses, tokens and secrets: it is shown to support, and read by the other app. */
export type AuditData = Record<string, string | number | boolean | null>

export interface AuditEntry {
  /** Who did it: `stripe`, `ai-hero`, `system`, or `user:<id>`. */
  actor: string
  /** `<thing>.<what became of it>`, such as `sync.acknowledged`; `alert.*` needs a person. */
  action: string
  purchaseId: string | null
  /** Id of the row it is about. */
  subject: string
  data: AuditData
  /** Given for a happening that may be reported more than once: only the first report is kept. */
  once?: string[]
}

/**
 * Appends to the audit trail, in the transaction of the change it reports: a change whose report can't be written does
 * not happen.
 */
export async function recordAudit({tx, clock}: TransactionContext, entry: AuditEntry): Promise<void> {
  const {once, ...fields} = entry
  const id = once === undefined ? crypto.randomUUID() : await stableId('audit', entry.action, ...once)
  await tx.auditEvent.createMany({
    data: [{id, at: clock.now(), ...fields}],
    skipDuplicates: once !== undefined,
  })
}
