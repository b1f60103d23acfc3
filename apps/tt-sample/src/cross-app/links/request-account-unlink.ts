import {type HeldLink, type RequestedUnlink, requestUnlink, type UnlinkedBy} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import type {DatabaseContext, Transaction} from '../context'
import {prismaLinkStore} from './prisma-link-store'

export interface RequestAccountUnlink {
  userId: string
  /** The link that is meant; null: whichever is live. */
  linkRevision: number | null
  by: UnlinkedBy
  /** Also free what that link claimed. */
  release: boolean
  /** More work of the same transaction: what makes the link end, or what follows. May run again after a lost deadlock. */
  also?: (tx: Transaction, requested: RequestedUnlink) => Promise<void>
}

/**
 * Notes that a user's link has to end; AI Hero, the only writer of links, is asked until it has confirmed (see
 * `send-unlink-request`). Until then nothing new opens by this link, and none can be started.
 *
 * @returns nothing-to-end: there is no such link, or it ended and nothing is left to free
 */
export function requestAccountUnlink(
  context: DatabaseContext,
  input: RequestAccountUnlink,
): Promise<'requested' | 'already-requested' | 'nothing-to-end'> {
  return prismaLinkStore(context).withLink(input.userId, async (held) => {
    const requested = await requestUnlinkUnderLock(context, held, input)
    if (input.also !== undefined) await input.also(held.tx, requested)
    return requested.outcome
  })
}

/** The same for a caller that holds the lock on the user's link. */
export async function requestUnlinkUnderLock(
  context: DatabaseContext,
  held: HeldLink<Transaction>,
  {userId, linkRevision, by, release}: Omit<RequestAccountUnlink, 'also'>,
): Promise<RequestedUnlink> {
  const requested = await requestUnlink(held, {linkRevision, by, release, now: context.clock.now()})
  const {outcome, record} = requested
  if (outcome === 'requested' && record.unlinkRequest !== null) {
    await recordAudit(
      {...context, tx: held.tx},
      {
        actor: `user:${userId}`,
        action: 'link.unlink-requested',
        purchaseId: null,
        subject: userId,
        data: {linkRevision: record.unlinkRequest.linkRevision, by, release},
      },
    )
  }
  return requested
}
