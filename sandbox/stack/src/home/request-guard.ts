import type { IncomingHttpHeaders } from 'node:http'

/** Names by which this machine reaches itself. Any other name here is a page elsewhere that leads its own name to us. */
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]'])

export interface Refusal {
  status: number
  message: string
}

/**
 * Whether a request may be answered at all, and, for one that changes something, whether it comes from this very page.
 * A browser says where a request comes from; a page elsewhere can't make it say otherwise.
 *
 * @returns undefined when it may
 */
export function refusalOf({
  method = 'GET',
  headers,
}: {
  method?: string | undefined
  headers: IncomingHttpHeaders
}): Refusal | undefined {
  const host = headers.host ?? ''
  if (!URL.canParse(`http://${host}`) || !LOOPBACK_NAMES.has(new URL(`http://${host}`).hostname)) {
    return { status: 421, message: 'This page answers to localhost and 127.0.0.1 only.' }
  }
  if (method === 'GET' || method === 'HEAD') return undefined
  const { origin } = headers
  const site = headers['sec-fetch-site']
  const sameOrigin = origin === `http://${host}`
  // A browser sends at least one of them with a form; a value that is there must be right.
  const refused =
    (origin === undefined && site === undefined) ||
    (origin !== undefined && !sameOrigin) ||
    (site !== undefined && site !== 'same-origin')
  return refused
    ? {
        status: 403,
        message: 'Only this page itself may change something here. Open it, and use its buttons.',
      }
    : undefined
}
