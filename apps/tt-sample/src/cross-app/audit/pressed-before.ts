import {stableId} from '@cross-app/shared'
import type {Transaction} from '../context'

/**
 * One press of a support button, as its page was when it was pressed. A second press of the same button finds what the
 * first one did; a press on a page that is out of date does nothing.
 */
export interface Press {
  /** Made when the page was, such as a random id: the same for a double click. */
  id: string
  /** The revision the person was looking at. */
  revision: number
}

/**
 * Whether the audit trail has this press already. Ask under the lock of what it changes: a press that is under way at
 * the same moment has then either written its row or not begun.
 */
export async function pressedBefore(tx: Transaction, action: string, press: Press): Promise<boolean> {
  const id = await stableId('audit', action, press.id)
  const rows = await tx.$queryRaw<{id: string}[]>`SELECT id FROM AuditEvent WHERE id = ${id}`
  return rows.length > 0
}
