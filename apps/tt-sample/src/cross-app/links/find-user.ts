import type {Transaction} from '../context'

/** The columns of the host's User that a link is about. */
export interface LinkedUser {
  id: string
  email: string
  name: string | null
}

/**
 * The user, locked until the transaction ends; take the link's lock first. The look-up may ignore letter case (the
 * host's collation), so the id is compared again here.
 */
export async function lockUser(tx: Transaction, userId: string): Promise<LinkedUser | null> {
  const rows = await tx.$queryRaw<
    LinkedUser[]
  >`SELECT id, email, name FROM User WHERE id = ${userId} FOR UPDATE`
  const user = rows[0]
  return user === undefined || user.id !== userId ? null : user
}
