import type {NextApiRequest, NextApiResponse} from 'next'
import {requestAccountUnlink, sendUnlinkAfterCommit} from '../../../cross-app'
import {getViewer} from '../../../server/auth'
import {hostContext} from '../../../server/host-context'
import {acceptForm} from '../../../server/http/accept-form'

/** POST → asks AI Hero to end the viewer's link; what is open there stays open. */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  const viewer = await getViewer(request, response)
  if (viewer === null) {
    response.redirect(303, '/sign-in?callbackUrl=%2Faccount')
    return
  }
  const {id: userId} = viewer
  const outcome = await requestAccountUnlink(hostContext, {
    userId,
    linkRevision: null,
    by: 'user',
    release: false,
  })
  if (outcome === 'nothing-to-end') {
    response.redirect(303, '/account?problem=not-linked#ai-hero')
    return
  }
  await sendUnlinkAfterCommit(hostContext.crossApp, {userId})
  response.redirect(303, '/account?done=unlink-requested#ai-hero')
}
