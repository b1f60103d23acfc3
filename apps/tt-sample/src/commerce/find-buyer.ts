import {normaliseEmail, stableId} from '@cross-app/shared'
import {type DatabaseContext, retrying} from '../cross-app'
import type {Checkout} from './fetch-checkout'

export interface Buyer {
  userId: string
  /** Whether this user was signed in when buying. */
  signedIn: boolean
}

/**
 * Whose purchase a checkout is: the user who was signed in, whatever address was typed at Stripe; else the user with
 * exactly that address, made here (unverified) if there is none. The user table compares addresses without accents and
 * letter case, so what it finds is compared again: `jose@` must not get what `josé@` paid for.
 *
 * @returns null when there is no address, or the table holds another person's that looks alike to it
 */
export async function findBuyer(context: DatabaseContext, checkout: Checkout): Promise<Buyer | null> {
  const {userId} = checkout.metadata
  if (userId !== null) {
    const user = await context.db.user.findUnique({where: {id: userId}})
    if (user !== null && user.id === userId) return {userId, signedIn: true}
  }
  if (checkout.email === null) return null
  const email = checkout.email
  const known = await findByAddress(context, email)
  if (known !== undefined) return known
  const id = await stableId('user', email)
  await retrying(context, () =>
    context.db.user.createMany({data: [{id, email, name: checkout.name}], skipDuplicates: true}),
  )
  return (await findByAddress(context, email)) ?? null
}

/** `undefined`: nobody has an address like this one. `null`: someone has, but not this one. */
async function findByAddress(context: DatabaseContext, email: string): Promise<Buyer | null | undefined> {
  const user = await context.db.user.findUnique({where: {email}})
  if (user === null) return undefined
  return normaliseEmail(user.email) === email ? {userId: user.id, signedIn: false} : null
}
