import type {NextApiRequest, NextApiResponse} from 'next'
import {readUserSyncStatus} from '../../../commerce/read-sync-status'
import {getCheckoutSyncStatus} from '../../../commerce/read-thank-you'
import {getViewer} from '../../../server/auth'
import {hostContext} from '../../../server/host-context'

/** How a checkout (`?session_id=`), or everything the viewer bought, stands on AI Hero. */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET')
    response.status(405).json({error: 'Use GET.'})
    return
  }
  const sessionId = request.query.session_id
  if (typeof sessionId === 'string') {
    response.status(200).json(await getCheckoutSyncStatus(hostContext, {sessionId}))
    return
  }
  const viewer = await getViewer(request, response)
  if (viewer === null) {
    response.status(401).json({error: 'Sign in first.'})
    return
  }
  response.status(200).json(await readUserSyncStatus(hostContext.crossApp, {userId: viewer.id}))
}
