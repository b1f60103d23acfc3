import {isCrossAppError} from '@cross-app/shared'
import type {NextApiRequest, NextApiResponse} from 'next'
import {type AuditEventsOf, listAuditEvents} from '../audit/list-audit-events'
import {crossAppContext} from '../host'

const MAX_ROWS = 500
const MAX_ID_LENGTH = 191

/**
 * This app's audit rows for the peer and the stack's home page, with a read token: GET with exactly one of
 * `purchaseId=`, `userId=` (this app's user) and `since=`, and `limit=` up to 500.
 */
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
  const of = readQuestion(request.query)
  if (of === null) {
    response.status(400).json({error: 'Give purchaseId, userId, or since as an ISO 8601 time: one of them.'})
    return
  }
  const limit = Math.min(MAX_ROWS, Math.max(1, Math.floor(Number(request.query.limit)) || MAX_ROWS))
  const rows = await listAuditEvents(crossAppContext, {of, limit})
  response.status(200).json({rows, now: crossAppContext.clock.now().toISOString()})
}

function readQuestion(query: NextApiRequest['query']): AuditEventsOf | null {
  const {purchaseId, userId, since} = query
  const given = [purchaseId, userId, since].filter((value) => value !== undefined)
  // More than one would be answered by one of them, and read as if by all.
  if (given.length !== 1) return null
  if (isId(purchaseId)) return {purchaseId}
  if (isId(userId)) return {userId}
  const moment = typeof since === 'string' ? new Date(since) : null
  return moment === null || Number.isNaN(moment.getTime()) ? null : {since: moment}
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH
}
