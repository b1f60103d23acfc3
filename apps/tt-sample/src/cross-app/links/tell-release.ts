import {stableId} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import {readLinkRecord} from './link-row'

/** The happening under which the outbox holds that a person undid a link which a newer one has followed. */
export function releaseHappening(userId: string, linkRevision: number): string {
  return `account/release-requested:${userId}:${linkRevision}`
}

/**
 * Asks AI Hero to free what one older link had claimed. The link that is there now stays, so there is no answer to wait
 * for: it is asked until AI Hero's Inngest has accepted it. Only what the outbox holds is asked for, because anyone with
 * this app's event key can publish an event.
 *
 * @throws RetryableSendError or PermanentSendError
 */
export async function tellRelease(
  {db, bridge}: Pick<CrossAppContext, 'db' | 'bridge'>,
  {userId, linkRevision}: {userId: string; linkRevision: number},
): Promise<'told' | 'not-asked-for'> {
  const id = await stableId('outbox', releaseHappening(userId, linkRevision))
  if ((await db.outbox.count({where: {id}})) === 0) return 'not-asked-for'
  const record = await readLinkRecord(db, userId)
  if (record === null || record.link === null) return 'not-asked-for'
  await bridge.send({
    name: 'account/unlink-requested',
    data: {
      v: 1,
      linkRevision,
      userId: record.link.granterUserId,
      linkedUserId: userId,
      by: 'not-me',
      release: true,
    },
  })
  return 'told'
}
