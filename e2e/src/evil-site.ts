import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type SeenRequest = { method: string; path: string; headers: IncomingHttpHeaders }

/** A site of an attacker's, `evil.test`: serves what a test puts on it and remembers what was asked of it. */
export type EvilSite = {
  /** `http://evil.test:<port>` */
  url: string
  /** Puts a page there and returns its address. */
  publish(html: string): string
  seen(): readonly SeenRequest[]
  close(): Promise<void>
}

export async function startEvilSite(): Promise<EvilSite> {
  const pages = new Map<string, string>()
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    seen.push({ method: request.method ?? 'GET', path, headers: request.headers })
    const page = pages.get(path)
    response.writeHead(page === undefined ? 204 : 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://evil.test:${(server.address() as AddressInfo).port}`
  return {
    url,
    publish(html) {
      const path = `/page-${pages.size + 1}`
      pages.set(path, `<!doctype html><title>Win a prize</title>${html}`)
      return url + path
    },
    seen: () => seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A page that sends a form to another site as soon as it is opened. */
export function selfSendingForm(action: string, fields: Record<string, string>): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const inputs = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('')
  return `<form method="post" action="${escaped(action)}">${inputs}</form><script>document.forms[0].submit()</script>`
}
