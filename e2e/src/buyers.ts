import type { HttpSession } from './http-session.ts'
import { createHttpSession } from './http-session.ts'
import type { Scenario } from './scenario.ts'
import { sessionIdOf } from './scenario.ts'

/** Somebody with an account on one app, and the session they are signed in with. */
export type Person = { userId: string; email: string; session: HttpSession }

/** A new person on one app, signed in by email link: so the address is theirs. */
export async function newPerson(
  scenario: Scenario,
  app: 'tt' | 'ah',
  email: string = scenario.newEmail(),
): Promise<Person> {
  const session = await scenario.signInByEmail(app, email)
  const [user] = await scenario.databases[app]<{ id: string }>(
    `SELECT id FROM ${app === 'tt' ? 'User' : 'AI_User'} WHERE email = ?`,
    [email],
  )
  if (!user) throw new Error('The sign-in made no user.')
  return { userId: user.id, email, session }
}

/** Buys the bundle and waits until AI Hero has answered for both courses. */
export async function boughtBundle(
  scenario: Scenario,
  session: HttpSession,
): Promise<{ purchaseId: string; checkoutSessionId: string }> {
  const { checkoutSessionId } = await scenario.buyBundle(session)
  const { id } = await scenario.waitForPurchase(checkoutSessionId)
  await scenario.waitForSyncs(id, 'synced')
  return { purchaseId: id, checkoutSessionId }
}

/** A bundle bought by somebody who is not signed in and types this address at Stripe. */
export async function boughtAsGuest(
  scenario: Scenario,
  email: string,
): Promise<{ purchaseId: string; checkoutSessionId: string; userId: string }> {
  const checkoutUrl = await scenario.startCheckout(createHttpSession())
  await scenario.pay(checkoutUrl, { email })
  const checkoutSessionId = sessionIdOf(checkoutUrl)
  const purchase = await scenario.waitForPurchase(checkoutSessionId)
  await scenario.waitForSyncs(purchase.id, 'synced')
  return { purchaseId: purchase.id, checkoutSessionId, userId: purchase.userId }
}
