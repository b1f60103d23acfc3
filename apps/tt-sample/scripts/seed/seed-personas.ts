import {stableId} from '@cross-app/shared'
import {personas, seededLink} from '@sandbox/stack/personas'
import type {PrismaClient} from '../../src/generated/prisma/client'
import {ensureLink} from './ensure-link'

/** The people of the local stack: users with confirmed addresses, their GitHub and Discord accounts, and what is known of their links. */
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
    for (const provider of ['github', 'discord'] as const) {
      const {providerAccountId} = persona[provider]
      const key = {provider, providerAccountId}
      await db.account.upsert({
        where: {provider_providerAccountId: key},
        create: {id: await stableId('account', provider, providerAccountId), userId, type: 'oauth', ...key},
        update: {userId},
      })
    }
    if (persona.link !== 'never') {
      await ensureLink(db, {
        userId,
        linkedUserId: persona.ah.userId,
        linkedEmail: persona.ah.email,
        ended: persona.link === 'ended',
      })
    }
  }
}
