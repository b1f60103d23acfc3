import {checkLogin, isLinkRefused, type UserOauthLogin} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import {findAccountHolder} from './find-link-account'
import {noteRefusedLink} from './note-refused-link'
import {type ToldLogin, tellLogin} from './tell-login'

/**
 * Someone signed in on AI Hero with a provider's account: if a user of this app holds the same one, answers with a login
 * of its own, which is what AI Hero links by. So it doesn't matter on which app the person signed in first.
 *
 * Equality of that account alone decides; addresses are never compared (case 27).
 */
export async function answerLogin(
  context: CrossAppContext,
  {login}: {login: UserOauthLogin},
): Promise<ToldLogin | 'nobody'> {
  const {provider, providerAccountId} = login
  const userId = await findAccountHolder(context, {provider, providerAccountId})
  if (userId === null) return 'nobody'
  try {
    checkLogin(login, context.clock.now())
  } catch (error) {
    if (!isLinkRefused(error)) throw error
    await noteRefusedLink(context, {
      refusal: error.refusal,
      actor: 'ai-hero',
      userId,
      data: {provider, at: login.at, aiHeroUserId: login.userId},
      once: [provider, login.userId, login.at],
    })
    return 'refused'
  }
  return tellLogin(context, {userId, provider, providerAccountId, reason: 'answer'})
}
