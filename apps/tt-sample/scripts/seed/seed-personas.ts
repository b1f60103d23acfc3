import {stableId} from '@cross-app/shared'
import {personas, seededLink} from '@sandbox/stack/personas'
import type {PrismaClient} from '../../src/generated/prisma/client'
import {ensureLink} from './ensure-link'

/** The people of the local stack: users with confirmed addresses, their GitHub accounts, and Ada's link. */
export async function seedPersonas(db: PrismaClient): Promise<void> {
  for (const persona of personas) {
    const {userId, email, role} = persona.tt
    const user = {
      name: persona.name,
      email,
      roles: role === 'admin' ? 'ADMIN' : 'User',
      emailVerified: new Date(seededLink.linkedAt),
    }
    await db.user.upsert({where: {id: userId}, create: {id: userId, ...user}, update: user})
    const {providerAccountId} = persona.github
    const key = {provider: 'github', providerAccountId}
    await db.account.upsert({
      where: {provider_providerAccountId: key},
      create: {id: await stableId('account', 'github', providerAccountId), userId, type: 'oauth', ...key},
      update: {userId},
    })
    if (persona.linked) {
      await ensureLink(db, {userId, linkedUserId: persona.ah.userId, linkedEmail: persona.ah.email})
    }
  }
}
