import {isLinkRefused} from '@cross-app/shared'
import type {NextApiRequest, NextApiResponse} from 'next'
import {noteRefusedLink, type RefusedLink, startLink} from '../../../cross-app'
import {getViewer} from '../../../server/auth'
import {hostContext} from '../../../server/host-context'
import {acceptForm, formField} from '../../../server/http/accept-form'
import {safePath} from '../../../server/http/safe-path'

/** POST [returnTo] → 303 to AI Hero, where both identities are shown and the link is confirmed; or back, with the reason. */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  const viewer = await getViewer(request, response)
  if (viewer === null) {
    const back = encodeURIComponent('/account?link=ai-hero#ai-hero')
    response.redirect(303, `/sign-in?callbackUrl=${back}`)
    return
  }
  const refuse = async (refusal: RefusedLink['refusal']) => {
    const actor = `user:${viewer.id}`
    // Pressing on and on tells nothing new, and must not fill the trail.
    const minute = hostContext.clock.now().toISOString().slice(0, 16)
    await noteRefusedLink(hostContext, {refusal, actor, userId: viewer.id, once: ['initiate', minute]})
    response.redirect(303, `/account?problem=${refusal}#ai-hero`)
  }
  const wanted: unknown = request.body?.returnTo
  const given = formField(request, 'returnTo', 500)
  const returnTo = given === null ? null : safePath(given)
  if (returnTo === null && wanted !== undefined && wanted !== '') return refuse('bad-return')
  try {
    const started = await startLink(hostContext.crossApp, {userId: viewer.id, returnTo})
    if (started.outcome === 'already-linked') return await refuse('already-linked')
    // The address holds a token: it must not travel on in a Referer.
    response.setHeader('referrer-policy', 'no-referrer')
    response.redirect(303, started.url)
  } catch (error) {
    if (!isLinkRefused(error)) throw error
    await refuse(error.refusal)
  }
}
