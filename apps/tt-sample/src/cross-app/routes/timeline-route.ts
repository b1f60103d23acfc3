import {isCrossAppError} from '@cross-app/shared'
import type {NextApiRequest, NextApiResponse} from 'next'
import {listAuditEvents} from '../audit/list-audit-events'
import {crossAppContext} from '../host'

const MAX_ROWS = 500

/** This app's audit rows for the peer and the stack's home page: GET `?purchaseId=` or `?since=`, with a read token. */
export async function timelineRoute(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET')
    response.status(405).json({error: 'Use GET.'})
    return
  }
  try {
    await crossAppContext.bridge.verifyReadToken(request.headers.authorization)
  } catch (error) {
    if (!isCrossAppError(error)) throw error
    response.status(401).json({error: error.message})
    return
  }
  const {purchaseId, since, limit} = request.query
  const rowLimit = Math.min(MAX_ROWS, Math.max(1, Number(limit) || MAX_ROWS))
  const moment = typeof since === 'string' ? new Date(since) : null
  if (typeof purchaseId !== 'string' && (moment === null || Number.isNaN(moment.getTime()))) {
    response.status(400).json({error: 'Give purchaseId, or since as an ISO 8601 time.'})
    return
  }
  const rows = await listAuditEvents(
    crossAppContext,
    typeof purchaseId === 'string' ? {purchaseId, limit: rowLimit} : {since: moment!, limit: rowLimit},
  )
  response.status(200).json({rows, now: crossAppContext.clock.now().toISOString()})
}
