import {normaliseEmail} from '@cross-app/shared'
import {PrismaAdapter} from '@next-auth/prisma-adapter'
import type {Adapter, AdapterAccount, AdapterUser} from 'next-auth/adapters'
import type {Database} from '../../cross-app'
import type {HostContext} from '../host-context'
import {confirmEmail} from './confirm-email'

/**
 * NextAuth's Prisma adapter over tables that compare without accents and letter case: whatever is found by an address
 * or a provider's id is compared again, or a link mailed to one person would sign another one in.
 */
export function authAdapter(context: HostContext): Adapter {
  const {db} = context
  const adapter = PrismaAdapter(db)
  // Made in the same request, moments before their first provider's account is attached. NextAuth's own `isNewUser` is
  // also true for an account that joins an existing user by its address.
  const justMade = new Set<string>()
  return {
    ...adapter,
    async getUserByEmail(email) {
      const user = await db.user.findUnique({where: {email}})
      return user !== null && normaliseEmail(user.email) === normaliseEmail(email) ? user : null
    },
    async getUserByAccount({provider, providerAccountId}) {
      const account = await db.account.findUnique({
        where: {provider_providerAccountId: {provider, providerAccountId}},
        include: {user: true},
      })
      if (account === null || account.providerAccountId !== providerAccountId) return null
      return account.user
    },
    async createUser({name, email, image, emailVerified}: Omit<AdapterUser, 'id'>) {
      const user = await db.user.create({
        data: {
          name: name ?? null,
          email: normaliseEmail(email),
          image: image ?? null,
          emailVerified: emailVerified ?? null,
        },
      })
      // A user who is made by an email link gets no provider's account in that request.
      if (!emailVerified) justMade.add(user.id)
      return user
    },
    async updateUser({id, emailVerified}) {
      // The only update this version of NextAuth makes: an email link was followed.
      if (emailVerified) await confirmEmail(context, {userId: id})
      return db.user.findUniqueOrThrow({where: {id}})
    },
    async linkAccount(account: AdapterAccount) {
      await attachAccount(db, account, {newUser: justMade.delete(account.userId)})
    },
    async useVerificationToken({identifier, token}) {
      const used = await adapter.useVerificationToken?.({identifier, token})
      return used && used.identifier === identifier && used.token === token ? used : null
    },
  }
}

/**
 * Notes when a provider's account was attached, and whether the user was made by it: one that was added to an existing
 * user a moment ago is no ground for linking accounts by itself.
 */
async function attachAccount(
  db: Database,
  account: AdapterAccount,
  {newUser}: {newUser: boolean},
): Promise<void> {
  const {userId, provider, providerAccountId, type} = account
  await db.$transaction([
    db.account.create({
      data: {
        userId,
        provider,
        providerAccountId,
        type,
        access_token: account.access_token ?? null,
        refresh_token: account.refresh_token ?? null,
        token_type: account.token_type ?? null,
        scope: account.scope ?? null,
        expires_at: account.expires_at ?? null,
      },
    }),
    db.providerAccountSeen.createMany({
      data: [{provider, providerAccountId, userId, newUser}],
      skipDuplicates: true,
    }),
    db.providerAccountSeen.updateMany({
      where: {provider, providerAccountId},
      data: {userId, attachedAt: new Date(), newUser, vouchedEmail: null},
    }),
  ])
}
