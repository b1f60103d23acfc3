import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listenOnLoopback } from '../ports/listen-on-loopback.ts'
import { act } from './act.ts'
import { collectView, type ViewSources } from './collect-view.ts'
import { watchHealth } from './health/watch-health.ts'
import type { HomeStack } from './home-stack.ts'
import { createLiveUpdates, type LiveUpdates } from './live-updates.ts'
import { createNotices, type Notices } from './notices.ts'
import { homePage } from './page/layout.ts'
import { refusalOf } from './request-guard.ts'
import { loadShared } from './timelines/load-shared.ts'
import { watchTimelines } from './timelines/watch-timelines.ts'

/** A running home page. */
export interface Home {
  url: string
  close(): Promise<void>
}

/** Everything comes from here, nothing runs inline, nobody may frame it, and forms go nowhere else. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const MAX_FORM_BYTES = 8 * 1024

/** What the page is made of, besides its markup. Read anew each time, so that a change shows at the next reload. */
const ASSETS: Record<string, { file: string; type: string }> = {
  '/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
  '/refresh.js': { file: 'refresh.js', type: 'text/javascript; charset=utf-8' },
}

/**
 * Serves the stack's home page on 127.0.0.1, from the process that runs the stack.
 *
 * | request | does |
 * | --- | --- |
 * | `GET /` | the page; `?purchase=<id>` shows that one instead of the newest |
 * | `GET /events` | what changes on it, as server-sent events; the same `?purchase=` |
 * | `POST /parts/:name` | `verb=start\|stop\|kill\|pause\|resume` |
 * | `POST /faults` | sets one fault: see `readRoadFault` |
 * | `POST /presets` | sets a ready-made one |
 * | `POST /faults/heal` | `id=all`, or one fault of one road |
 *
 * Forms are answered with a redirect to the page, which says what became of them.
 *
 * @param port 0: any free one
 * @throws whatever listening throws, such as EADDRINUSE
 */
export async function startHome({ port, stack }: { port: number; stack: HomeStack }): Promise<Home> {
  // Loading what signs the questions takes a moment: not in the first page's time.
  void loadShared().catch(() => undefined)
  const health = watchHealth(stack)
  const sources: ViewSources = { stack, health, timelines: watchTimelines(stack) }
  const notices = createNotices()
  const live = createLiveUpdates(sources)
  const server = createServer((request, response) => {
    answer({ request, response, sources, notices, live }).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      sendText(response, 500, `The page could not be made: ${error instanceof Error ? error.message : error}`)
    })
  })
  const listening = await listenOnLoopback(server, port)
  return {
    url: `http://127.0.0.1:${listening.port}`,
    close() {
      live.close()
      health.close()
      return listening.close()
    },
  }
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  sources: ViewSources
  notices: Notices
  live: LiveUpdates
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, sources, notices, live } = exchange
  const refusal = refusalOf(request)
  if (refusal !== undefined) return sendText(response, refusal.status, refusal.message)
  const address = request.url ?? '/'
  if (!URL.canParse(address, 'http://home')) return sendText(response, 400, 'That is no address.')
  const url = new URL(address, 'http://home')
  const asked = url.searchParams.get('purchase')?.slice(0, 191) || undefined
  if (request.method === 'POST') return answerForm(exchange, url.pathname)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD, POST')
    return sendText(response, 405, 'Use GET, or one of the page’s forms.')
  }
  const asset = Object.hasOwn(ASSETS, url.pathname) ? ASSETS[url.pathname] : undefined
  if (asset !== undefined) {
    const body = await readFile(new URL(`./page/${asset.file}`, import.meta.url), 'utf8')
    return send(response, 200, asset.type, body)
  }
  if (url.pathname === '/events') {
    if (request.method === 'GET') return live.follow(response, asked)
    return send(response, 200, 'text/event-stream; charset=utf-8', '')
  }
  if (url.pathname !== '/') return sendText(response, 404, 'There is only the page itself, at /.')
  const notice = notices.find(url.searchParams.get('notice'))
  const page = homePage(await collectView(sources, { asked, notice }))
  send(response, 200, 'text/html; charset=utf-8', page.text)
}

async function answerForm({ request, response, sources, notices }: Exchange, path: string): Promise<void> {
  const form = await readForm(request)
  if (form === undefined) {
    response.setHeader('connection', 'close')
    return sendText(response, 413, 'That is more than the page’s forms send.')
  }
  const done = await act(sources.stack, path, form)
  if (done === undefined) return sendText(response, 404, 'The page has no such form.')
  response.writeHead(303, {
    location: `/?notice=${notices.keep(done.notice)}#${done.anchor}`,
    'cache-control': 'no-store',
  })
  response.end()
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop must not destroy the connection: the answer is still to go over it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const buffer = Buffer.from(chunk)
    size += buffer.length
    if (size > MAX_FORM_BYTES) return undefined
    chunks.push(buffer)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`)
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // With `no-referrer`, a browser would also keep back the origin of the page's own forms.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  response.end(body)
}
