import {stableId} from '@cross-app/shared'
import {seededLink, seededUnlink} from '@sandbox/stack/personas'
import type {PrismaClient} from '../../src/generated/prisma/client'

/** The mirror of a link as AI Hero's seed writes it. A link that has changed since stays as it is. */
export async function ensureLink(
  db: PrismaClient,
  {
    userId,
    linkedUserId,
    linkedEmail,
    ended = false,
  }: {
    userId: string
    linkedUserId: string
    linkedEmail: string
    /** The person has unlinked since. */
    ended?: boolean
  },
): Promise<void> {
  await db.accountLink.createMany({
    data: [
      {
        id: await stableId('account-link', 'ai-hero', userId),
        userId,
        linkedApp: 'ai-hero',
        linkedUserId,
        linkedEmail,
        linkMethod: seededLink.linkMethod,
        linkedAt: new Date(seededLink.linkedAt),
        updatedAt: new Date(),
        linkRevision: ended ? seededUnlink.linkRevision : seededLink.linkRevision,
        ...(ended
          ? {unlinkedBy: seededUnlink.unlinkedBy, unlinkedAt: new Date(seededUnlink.unlinkedAt)}
          : {}),
      },
    ],
    skipDuplicates: true,
  })
}
