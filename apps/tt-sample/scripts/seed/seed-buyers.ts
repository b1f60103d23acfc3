import {stableId} from '@cross-app/shared'
import {linkedBuyers, seededLink} from '@sandbox/stack/personas'
import type {PrismaClient} from '../../src/generated/prisma/client'

/** Buyers with a user here and a link to AI Hero, for demo, tests and benchmarks. AI Hero's seed makes the other half. */
export async function seedBuyers(
  db: PrismaClient,
  {runId, count}: {runId: string; count: number},
): Promise<void> {
  const buyers = linkedBuyers(runId, count)
  await db.user.createMany({
    data: buyers.map((buyer) => ({
      id: buyer.ttUserId,
      name: buyer.name,
      email: buyer.ttEmail,
      emailVerified: new Date(seededLink.linkedAt),
    })),
    skipDuplicates: true,
  })
  const links = await Promise.all(
    buyers.map(async (buyer) => ({
      id: await stableId('account-link', 'ai-hero', buyer.ttUserId),
      userId: buyer.ttUserId,
      linkedApp: 'ai-hero',
      linkedUserId: buyer.ahUserId,
      linkedEmail: buyer.ahEmail,
      linkMethod: seededLink.linkMethod,
      linkedAt: new Date(seededLink.linkedAt),
      linkRevision: seededLink.linkRevision,
      updatedAt: new Date(),
    })),
  )
  await db.accountLink.createMany({data: links, skipDuplicates: true})
}
