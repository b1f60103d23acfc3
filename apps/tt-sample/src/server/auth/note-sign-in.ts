import type {HostContext} from '../host-context'

/**
 * Notes what a provider vouched for at a sign-in, and whether the user was made by it. An account without a row was
 * attached before rows were written, which is what its date then says.
 */
export async function noteProviderSignIn(
  {db}: Pick<HostContext, 'db'>,
  input: {
    provider: string
    providerAccountId: string
    userId: string
    isNewUser: boolean
    /** Normalised; verified by the provider. */
    vouchedEmail: string
  },
): Promise<void> {
  const {provider, providerAccountId, userId, isNewUser, vouchedEmail} = input
  await db.providerAccountSeen.createMany({
    data: [{provider, providerAccountId, userId, newUser: isNewUser, attachedAt: new Date(0)}],
    skipDuplicates: true,
  })
  await db.providerAccountSeen.updateMany({
    where: {provider, providerAccountId, userId},
    data: {vouchedEmail, ...(isNewUser ? {newUser: true} : {})},
  })
}
