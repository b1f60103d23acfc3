import type {IncomingMessage} from 'node:http'

/**
 * Whether a POST comes from a page of this site. Browsers send `Origin` with every POST, and no other site's page can
 * change it; a request without one isn't from a form of ours.
 */
export function isSameOrigin(request: IncomingMessage, siteUrl: string): boolean {
  const {origin} = request.headers
  return typeof origin === 'string' && origin === new URL(siteUrl).origin
}
