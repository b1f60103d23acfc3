import type {MailView} from '../components/admin/views'
import type {Database} from '../cross-app'
import type {Outbox} from '../generated/prisma/client'

const TITLES: Record<string, string> = {
  receipt: 'Receipt',
  'account-linked': 'Accounts were linked',
  'account-unlinked': 'Accounts were unlinked',
}

/** The mails this app has queued about some purchases, and about a person's links; oldest first. */
export async function listMails(
  db: Database,
  {purchaseIds, userId}: {purchaseIds: string[]; userId: string | null},
): Promise<MailView[]> {
  const receipts = await db.outbox.findMany({
    where: {happening: {in: purchaseIds.map((id) => `receipt:${id}`)}},
  })
  const aboutLinks = userId === null ? [] : await listLinkMails(db, userId)
  return [...receipts, ...aboutLinks]
    .filter(({kind}) => kind === 'email')
    .sort((left, right) => left.createdAt.getTime() - right.createdAt.getTime())
    .map((row) => ({
      id: row.id,
      title: TITLES[row.name] ?? row.name,
      queuedAt: row.createdAt.toISOString(),
      sentAt: row.dispatchedAt?.toISOString() ?? null,
      problem: problemOf(row),
    }))
}

/** Their keys begin with the person's id: two ranges of the index of happenings. */
function listLinkMails(db: Database, userId: string): Promise<Outbox[]> {
  const literal = userId.replace(/[\\%_]/g, (sign) => `\\${sign}`)
  return db.$queryRaw<{id: string}[]>`
    SELECT id FROM Outbox WHERE happening LIKE ${`email:linked:${literal}:%`}
    UNION SELECT id FROM Outbox WHERE happening LIKE ${`email:unlinked:${literal}:%`}
    LIMIT 200`.then((ids) => db.outbox.findMany({where: {id: {in: ids.map(({id}) => id)}}}))
}

function problemOf({dispatchedAt, nextAttemptAt, lastError}: Outbox): string | null {
  if (dispatchedAt !== null) return null
  if (nextAttemptAt === null) return lastError ?? 'The mail provider refused it for good.'
  return lastError === null ? null : `${lastError} It is tried again.`
}
