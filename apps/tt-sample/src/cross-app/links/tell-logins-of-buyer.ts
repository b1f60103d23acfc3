import type {CrossAppContext} from '../context'
import {type ToldLogin, tellLogin} from './tell-login'

/**
 * A purchase is one more occasion to tell AI Hero of its buyer's sign-in accounts: someone who has signed in long ago
 * is linked when it matters. Only of a buyer who was signed in when buying.
 */
export async function tellLoginsOfBuyer(
  context: CrossAppContext,
  {purchaseId}: {purchaseId: string},
): Promise<ToldLogin[]> {
  const origin = await context.db.purchaseOrigin.findUnique({where: {purchaseId}})
  const purchase = await context.db.purchase.findUnique({where: {id: purchaseId}})
  if (origin === null || purchase === null || purchase.userId === null) return []
  const {userId} = purchase
  if (origin.provenUserId !== userId) return []
  const accounts = await context.db.account.findMany({where: {userId}, orderBy: {provider: 'asc'}})
  const told: ToldLogin[] = []
  for (const {provider, providerAccountId} of accounts) {
    told.push(await tellLogin(context, {userId, provider, providerAccountId, reason: 'purchase'}))
  }
  return told
}
