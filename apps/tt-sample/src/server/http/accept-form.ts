import type {NextApiRequest, NextApiResponse} from 'next'
import {env} from '../env'
import {isSameOrigin} from './same-origin'

/**
 * Whether this request is a form of ours that was sent to us: a POST from a page of this site. Answers 405 or 403 by
 * itself when it isn't. Cookies alone don't tell: another site's form brings them along in some browsers.
 */
export function acceptForm(request: NextApiRequest, response: NextApiResponse): boolean {
  response.setHeader('cache-control', 'no-store')
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST')
    response.status(405).json({error: 'Use POST.'})
    return false
  }
  if (!isSameOrigin(request, env().NEXTAUTH_URL)) {
    response.status(403).json({error: 'Send this form from this site.'})
    return false
  }
  return true
}

/** One text field of a form; null when it is missing, empty, repeated, or longer than its column could hold. */
export function formField(request: NextApiRequest, name: string, maxLength: number): string | null {
  const body: unknown = request.body
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return null
  const value: unknown = (body as Record<string, unknown>)[name]
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : null
}
