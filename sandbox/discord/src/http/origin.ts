import type { HttpRequest } from './messages.ts'

/** Names the stand-in goes by. Anything else is a page elsewhere whose name points at this machine. */
export function isKnownHost(request: HttpRequest): boolean {
  const host = request.headers.host ?? ''
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
  return ['127.0.0.1', 'localhost', '[::1]'].includes(name)
}

/**
 * True when a form was sent from one of our own pages. Browsers say where a POST comes from in `Origin`; a request that
 * does not say it is refused too.
 */
export function isSameOrigin(request: HttpRequest): boolean {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false
  return new URL(origin).host === host
}
