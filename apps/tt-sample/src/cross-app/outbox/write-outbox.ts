import {stableId} from '@cross-app/shared'
import type {TransactionContext} from '../context'

/** The sweep leaves a new row alone for as long as the sender right after the commit may need. */
const GRACE_MS = 10_000

export type OutboxEntry =
  | {kind: 'event'; name: string; happening: string; data: Record<string, string>}
  | {kind: 'email'; name: string; happening: string; data: Record<string, string | number | boolean | null>}

/**
 * Writes down, in the transaction that causes it, an in-app event or a mail that is to be sent. `happening` names what
 * happened, such as `purchase/created:<id>`: the same happening is written once, however often it is reported.
 *
 * @returns the row's id, also when it was there already
 */
export async function writeOutbox({tx, clock}: TransactionContext, entry: OutboxEntry): Promise<string> {
  const id = await stableId('outbox', entry.happening)
  const now = clock.now()
  await tx.outbox.createMany({
    data: [
      {
        id,
        happening: entry.happening,
        kind: entry.kind,
        name: entry.name,
        payload: entry.data,
        createdAt: now,
        nextAttemptAt: new Date(now.getTime() + GRACE_MS),
      },
    ],
    skipDuplicates: true,
  })
  return id
}
