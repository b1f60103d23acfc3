import type {Link, LinkMethod, LinkRecord, UnlinkedBy, UnlinkRequest} from '@cross-app/shared'
import {type Database, PEER, type Transaction} from '../context'

/** A row of AccountLink, as far as the verbs read it. */
export interface LinkRow {
  id: string
  userId: string
  linkedUserId: string | null
  linkedEmail: string | null
  linkMethod: string | null
  linkedAt: Date | null
  tokenId: string | null
  unlinkedAt: Date | null
  unlinkedBy: string | null
  released: boolean
  linkRevision: number
  unlinkRequestedAt: Date | null
  unlinkRequestRevision: number | null
  unlinkRequestedBy: string | null
  unlinkRelease: boolean
  attempts: number
  nextAttemptAt: Date | null
}

type RawLinkRow = Omit<LinkRow, 'released' | 'unlinkRelease'> & {
  released: number | boolean
  unlinkRelease: number | boolean
}

/** The row of one user, locked until the transaction ends: the lock for everything about this user's link. */
export async function lockLinkRow(tx: Transaction, userId: string): Promise<LinkRow | null> {
  const rows = await tx.$queryRaw<RawLinkRow[]>`
    SELECT * FROM AccountLink WHERE userId = ${userId} AND linkedApp = ${PEER} FOR UPDATE`
  const row = rows[0]
  if (row === undefined) return null
  // The driver returns a boolean column of a raw query as 0 or 1.
  return {...row, released: Boolean(Number(row.released)), unlinkRelease: Boolean(Number(row.unlinkRelease))}
}

/** What is known about a user's link, without a lock: for reading, never for a decision that is written. */
export async function readLinkRecord(
  db: Pick<Database | Transaction, 'accountLink'>,
  userId: string,
): Promise<LinkRecord | null> {
  const row = await db.accountLink.findUnique({where: {userId_linkedApp: {userId, linkedApp: PEER}}})
  return row === null ? null : recordOf(row)
}

/** A row as the verbs of both apps know it. */
export function recordOf(row: LinkRow): LinkRecord {
  return {
    sellerUserId: row.userId,
    linkRevision: row.linkRevision,
    link: linkOf(row),
    unlinkRequest: unlinkRequestOf(row),
  }
}

function linkOf(row: LinkRow): Link | null {
  if (row.linkRevision === 0 || row.linkedUserId === null || row.linkedAt === null) return null
  return {
    granterUserId: row.linkedUserId,
    method: (row.linkMethod ?? 'explicit') as LinkMethod,
    granterEmail: row.linkedEmail,
    // This app knows the address of its own user.
    sellerEmail: null,
    tokenId: row.tokenId,
    linkedAt: row.linkedAt.toISOString(),
    ended:
      row.unlinkedAt === null
        ? null
        : {
            at: row.unlinkedAt.toISOString(),
            by: (row.unlinkedBy ?? 'user') as UnlinkedBy,
            released: row.released,
          },
  }
}

function unlinkRequestOf(row: LinkRow): UnlinkRequest | null {
  if (row.unlinkRequestedAt === null || row.unlinkRequestRevision === null) return null
  return {
    linkRevision: row.unlinkRequestRevision,
    by: (row.unlinkRequestedBy ?? 'user') as UnlinkedBy,
    release: row.unlinkRelease,
    at: row.unlinkRequestedAt.toISOString(),
  }
}

/** The columns that store a record. A request that is new, or names something else than before, is due at once. */
export function linkColumnsOf(next: LinkRecord, before: LinkRecord, now: Date) {
  const {link, unlinkRequest} = next
  const ended = link === null ? null : link.ended
  return {
    linkRevision: next.linkRevision,
    linkedUserId: link === null ? null : link.granterUserId,
    linkedEmail: link === null ? null : link.granterEmail,
    linkMethod: link === null ? null : link.method,
    linkedAt: link === null ? null : new Date(link.linkedAt),
    tokenId: link === null ? null : link.tokenId,
    unlinkedAt: ended === null ? null : new Date(ended.at),
    unlinkedBy: ended === null ? null : ended.by,
    released: ended?.released ?? false,
    unlinkRequestedAt: unlinkRequest === null ? null : new Date(unlinkRequest.at),
    unlinkRequestRevision: unlinkRequest === null ? null : unlinkRequest.linkRevision,
    unlinkRequestedBy: unlinkRequest === null ? null : unlinkRequest.by,
    unlinkRelease: unlinkRequest?.release ?? false,
    ...sendingColumns(unlinkRequest, before.unlinkRequest, now),
  }
}

function sendingColumns(next: UnlinkRequest | null, before: UnlinkRequest | null, now: Date) {
  if (next === null) return {attempts: 0, nextAttemptAt: null}
  const same = before !== null && before.linkRevision === next.linkRevision && before.release === next.release
  return same ? {} : {attempts: 0, nextAttemptAt: now}
}
