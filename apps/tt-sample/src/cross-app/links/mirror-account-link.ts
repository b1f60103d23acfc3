import {type LinkRecord, type LinkTold, mirrorLink} from '@cross-app/shared'
import {type AuditData, recordAudit} from '../audit/record-audit'
import type {DatabaseContext, Transaction} from '../context'
import {type OutboxEntry, writeOutbox} from '../outbox/write-outbox'
import {lockUser} from './find-user'
import {lockLinkRequest, prismaLinkStore} from './prisma-link-store'
import {wasDetached} from './was-detached'

export interface MirroredAccountLink {
  outcome: 'mirrored' | 'refused' | 'unchanged'
  userId: string
  /** Mails to be sent right after the commit. */
  outboxIds: string[]
  /** AI Hero has to be asked to undo this link: send it right after the commit. */
  unlinkDue: boolean
}

/**
 * Takes over what AI Hero says about a user's link, however late, often or out of order it arrives. A link that this
 * app did not ask for, or whose user is gone, is stored, because it exists, and its undoing asked for in the same
 * transaction.
 */
export function mirrorAccountLink(
  context: DatabaseContext,
  {told, via}: {told: LinkTold; via: 'event' | 'pull'},
): Promise<MirroredAccountLink> {
  const userId = told.data.linkedUserId
  return prismaLinkStore(context).withLink(userId, async (held) => {
    const before = held.record
    const tokenExpiresAt = await readTokenEnd(held.tx, told)
    const userExists = (await lockUser(held.tx, userId)) !== null
    const detached = await wasDetached(held.tx, told)
    const {outcome, record} = await mirrorLink(held, told, {
      tokenExpiresAt,
      // A link by an account that was taken off this user since is as little theirs as one of a user who is gone.
      userExists: userExists && !detached,
      now: context.clock.now(),
    })
    if (outcome === 'unchanged') return {outcome, userId, outboxIds: [], unlinkDue: false}
    const within = {...context, tx: held.tx}
    const data: AuditData = {
      linkRevision: told.data.linkRevision,
      aiHeroUserId: told.data.userId,
      via,
      ...(told.name === 'account/linked'
        ? {linkMethod: told.data.linkMethod}
        : {by: told.data.by, released: told.data.released}),
    }
    const entry = {actor: 'ai-hero', purchaseId: null, subject: userId}
    await recordAudit(
      within,
      outcome === 'refused'
        ? {
            ...entry,
            action: 'link.refused',
            data: {...data, refusal: refusalOf({userExists, detached})},
          }
        : {...entry, action: told.name === 'account/linked' ? 'link.mirrored' : 'link.ended', data},
    )
    const mails = outcome === 'refused' || !userExists ? [] : mailsAbout(told, before, record)
    const outboxIds: string[] = []
    for (let index = 0; index < mails.length; index += 1) {
      outboxIds.push(await writeOutbox(within, mails[index]!))
    }
    return {outcome, userId, outboxIds, unlinkDue: record.unlinkRequest !== null}
  })
}

function refusalOf({userExists, detached}: {userExists: boolean; detached: boolean}): string {
  if (!userExists) return 'user-missing'
  return detached ? 'provider-detached' : 'token-invalid'
}

/** When the token of an explicit link ends; null when this app has issued none such for this user. */
async function readTokenEnd(tx: Transaction, told: LinkTold): Promise<Date | null> {
  if (told.name !== 'account/linked' || told.data.jti === undefined) return null
  const request = await lockLinkRequest(tx, told.data.jti)
  return request !== null && request.userId === told.data.linkedUserId ? request.expiresAt : null
}

/** One mail per happening; what it says is read when it is sent. */
function mailsAbout(told: LinkTold, before: LinkRecord, record: LinkRecord): OutboxEntry[] {
  const {linkedUserId: userId, linkRevision} = told.data
  if (told.name === 'account/linked') {
    // Its end was asked for before it was known: the mail about that end is enough.
    return record.unlinkRequest === null ? [aboutLink(userId, linkRevision)] : []
  }
  // A refused link was never theirs, and a release frees claims of a link whose end they have been told of.
  if (told.data.by === 'refused' || isReleaseOnly(before, linkRevision)) return []
  const aboutEnd: OutboxEntry = {
    kind: 'email',
    name: 'account-unlinked',
    happening: `email:unlinked:${userId}:${linkRevision}`,
    data: {userId, linkRevision},
  }
  // Whoever links and unlinks at once keeps what the link claimed: its owner has to learn how to undo that.
  return isOfUnknownLink(before, told.data) ? [aboutLink(userId, linkRevision - 1), aboutEnd] : [aboutEnd]
}

function aboutLink(userId: string, linkRevision: number): OutboxEntry {
  return {
    kind: 'email',
    name: 'account-linked',
    happening: `email:linked:${userId}:${linkRevision}`,
    data: {userId, linkRevision},
  }
}

/** The end of a link came first, or instead: the link's own revision is the one before, and was never told. */
function isOfUnknownLink(before: LinkRecord, told: {linkRevision: number; released: boolean}): boolean {
  return !told.released && before.linkRevision < told.linkRevision - 1
}

function isReleaseOnly({link, linkRevision}: LinkRecord, toldRevision: number): boolean {
  return link !== null && link.ended !== null && toldRevision === linkRevision + 1
}
