import type {Database} from '../context'

/** Since when the oldest undelivered sync, unsent outbox row and unconfirmed unlink wait; null when nothing does. */
export interface OldestOutstanding {
  sync: Date | null
  outbox: Date | null
  unlink: Date | null
}

/** Three index look-ups, without asking Inngest or AI Hero: readiness is about what the tables owe. */
export async function oldestOutstanding({db}: {db: Database}): Promise<OldestOutstanding> {
  const sync = await db.crossAppSync.findFirst({
    where: {dueSince: {not: null}},
    orderBy: {dueSince: 'asc'},
    select: {dueSince: true},
  })
  const outbox = await db.outbox.findFirst({
    where: {nextAttemptAt: {not: null}},
    orderBy: {createdAt: 'asc'},
    select: {createdAt: true},
  })
  const unlink = await db.accountLink.findFirst({
    where: {nextAttemptAt: {not: null}},
    orderBy: {unlinkRequestedAt: 'asc'},
    select: {unlinkRequestedAt: true},
  })
  return {
    sync: sync?.dueSince ?? null,
    outbox: outbox?.createdAt ?? null,
    unlink: unlink?.unlinkRequestedAt ?? null,
  }
}
