import {timingSafeEqual} from 'node:crypto'
import type {NextApiRequest, NextApiResponse} from 'next'
import {crossAppContext, env} from '../host'
import {reconcileSyncs} from '../syncs/reconcile-syncs'

/** The sweep for any HTTP cron: POST (or GET, which is all that some crons can) with `Authorization: Bearer CRON_SECRET`. */
export async function reconcileRoute(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  if (request.method !== 'POST' && request.method !== 'GET') {
    response.setHeader('allow', 'GET, POST')
    response.status(405).json({error: 'Use GET or POST.'})
    return
  }
  if (!isAuthorised(request.headers.authorization, env().CRON_SECRET)) {
    response.status(401).json({error: 'Send "Authorization: Bearer" with CRON_SECRET.'})
    return
  }
  const report = await reconcileSyncs(crossAppContext)
  response.status(report.problems.length === 0 ? 200 : 207).json(report)
}

function isAuthorised(header: string | undefined, secret: string): boolean {
  const given = new TextEncoder().encode(header ?? '')
  const expected = new TextEncoder().encode(`Bearer ${secret}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
