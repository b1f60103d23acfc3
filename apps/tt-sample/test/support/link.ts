import {randomUUID} from 'node:crypto'
import {
  type AccountLinked,
  type AccountUnlinked,
  LINK_TOKEN_MINUTES,
  type LinkRecord,
  type LinkTold,
} from '@cross-app/shared'
import {readLinkRecord} from '../../src/cross-app/links/link-row'
import {mirrorAccountLink} from '../../src/cross-app/links/mirror-account-link'
import {hostContext} from '../../src/server/host-context'
import {createUser} from './shop'

const context = hostContext.crossApp

/** A link request as `start-link` leaves it. @returns the token's id */
export async function requestLink(
  userId: string,
  {createdAt = new Date()}: {createdAt?: Date} = {},
): Promise<string> {
  const jti = randomUUID()
  const expiresAt = new Date(createdAt.getTime() + LINK_TOKEN_MINUTES * 60_000)
  await hostContext.db.linkRequest.create({data: {jti, userId, createdAt, expiresAt}})
  return jti
}

/** AI Hero's word that two accounts were linked: automatically, unless a token is named. */
export function linked(
  userId: string,
  over: Partial<AccountLinked> = {},
): Extract<LinkTold, {name: 'account/linked'}> {
  return {
    name: 'account/linked',
    data: {
      v: 1,
      linkRevision: 1,
      userId: `ah-of-${userId}`,
      linkedUserId: userId,
      linkMethod: over.jti === undefined ? 'oauth-github' : 'explicit',
      linkedAt: new Date().toISOString(),
      ...over,
    },
  }
}

/** AI Hero's word that a link ended. */
export function unlinked(
  userId: string,
  over: Partial<AccountUnlinked> = {},
): Extract<LinkTold, {name: 'account/unlinked'}> {
  return {
    name: 'account/unlinked',
    data: {
      v: 1,
      linkRevision: 2,
      userId: `ah-of-${userId}`,
      linkedUserId: userId,
      unlinkedAt: new Date().toISOString(),
      by: 'user',
      released: false,
      ...over,
    },
  }
}

export function mirror(told: LinkTold) {
  return mirrorAccountLink(context, {told, via: 'event'})
}

/** A user whose account is linked, automatically, at revision 1. */
export async function linkedUser(): Promise<string> {
  const {id} = await createUser()
  await mirror(linked(id))
  return id
}

export async function recordOfUser(userId: string): Promise<LinkRecord> {
  const record = await readLinkRecord(hostContext.db, userId)
  if (record === null) throw new Error(`User ${userId} has no link row.`)
  return record
}

/** Names and keys of the mails queued about a user's link, in order. */
export async function mailsAbout(userId: string): Promise<string[]> {
  const rows = await hostContext.db.outbox.findMany({
    where: {kind: 'email', happening: {contains: userId}},
    orderBy: {happening: 'asc'},
  })
  return rows.map(({happening}) => happening.replace(`:${userId}`, ''))
}

/** What the audit trail holds about a user, oldest first. */
export async function auditOfUser(userId: string, action: string) {
  return hostContext.db.auditEvent.findMany({where: {subject: userId, action}, orderBy: {at: 'asc'}})
}
