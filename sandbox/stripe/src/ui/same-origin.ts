import type { PageRequest } from './page.ts'

/** Names the sandbox may be called by. Anything else is a page elsewhere whose name points at this machine. */
export function isKnownHost(request: PageRequest, allowed: string[]): boolean {
  const name = hostName(request.headers.host ?? '')
  return ['127.0.0.1', 'localhost', '[::1]', ...allowed].includes(name)
}

/**
 * True when a form was sent from one of our own pages. Browsers say where a POST comes from in `Origin`; a request
 * that does not say it is refused too.
 */
export function isSameOrigin(request: PageRequest): boolean {
  const { origin, host, referer } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const source = origin ?? referer
  if (source === undefined || host === undefined || !URL.canParse(source)) return false
  return new URL(source).host === host
}

function hostName(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
}
