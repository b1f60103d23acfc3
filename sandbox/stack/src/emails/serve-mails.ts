import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { refusalOf } from '../home/request-guard.ts'
import { listenOnLoopback } from '../ports/listen-on-loopback.ts'
import { inScheme } from './in-scheme.ts'
import { mailId } from './mail.ts'
import { chosenMail, mailPage, readView } from './mail-page.ts'
import type { MailShelf } from './mail-shelf.ts'

const STYLES = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8')
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
/** As in a mail program: its own styles and pictures, no scripts, no forms. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:; font-src data: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/** A reload by hand, which a click on a link isn't. */
function isReload(request: IncomingMessage): boolean {
  return /no-cache|max-age=0/.test(request.headers['cache-control'] ?? '')
}

/**
 * Serves the previews on 127.0.0.1 to this machine's browsers. A reload, or the button, renders everything anew.
 *
 * @param port 0 for any free one
 * @throws StackError `port-taken`
 */
export async function serveMails({
  fill,
  port,
}: {
  fill: () => Promise<MailShelf>
  port: number
}): Promise<{ url: string; shelf: () => Promise<MailShelf>; close(): Promise<void> }> {
  let current: Promise<MailShelf> | undefined
  let underWay = false
  const shelf = () => {
    current ??= fill()
    return current
  }
  /** Two reloads at once are one. */
  const refill = async () => {
    if (underWay) return shelf()
    underWay = true
    try {
      current = fill()
      return await current
    } finally {
      underWay = false
    }
  }

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(`${error instanceof Error ? error.message : String(error)}\n`)
    })
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, type: string, policy: string, body: string) => {
      response.writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': policy,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    const refusal = refusalOf(request)
    if (refusal !== undefined) return send(refusal.status, 'text/plain', PAGE_POLICY, `${refusal.message}\n`)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return send(405, 'text/plain', PAGE_POLICY, 'There is nothing to send here.\n')
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/style.css') return send(200, 'text/css', PAGE_POLICY, STYLES)
    if (pathname === '/') {
      if (searchParams.has('again')) {
        await refill()
        searchParams.delete('again')
        response.writeHead(303, { location: `/?${searchParams}`, 'cache-control': 'no-store' }).end()
        return
      }
      const filled = isReload(request) ? await refill() : await shelf()
      const view = readView(searchParams)
      const isMissing = view.id !== undefined && chosenMail(filled, view) === undefined
      return send(isMissing ? 404 : 200, 'text/html', PAGE_POLICY, mailPage(filled, view).text)
    }
    const [, id, isText] = /^\/mail\/([a-z0-9/-]+)(\.txt)?$/.exec(pathname) ?? []
    const mail = id === undefined ? undefined : (await shelf()).mails.find((each) => mailId(each) === id)
    if (mail === undefined) return send(404, 'text/plain', PAGE_POLICY, 'There is no such mail.\n')
    if (isText) return send(200, 'text/plain', MAIL_POLICY, mail.text)
    const scheme = searchParams.get('scheme')
    const isChosen = scheme === 'light' || scheme === 'dark'
    send(200, 'text/html', MAIL_POLICY, isChosen ? inScheme(mail.html, scheme) : mail.html)
  }

  const listening = await listenOnLoopback(server, port, {
    whenTaken: 'Leave `--port` out: then any free one is used.',
  })
  return { url: `http://localhost:${listening.port}`, shelf, close: listening.close }
}
