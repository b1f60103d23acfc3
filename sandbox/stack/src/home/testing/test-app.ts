import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TimelineRow } from '../sequence/timeline-row.ts'
import { loadShared } from '../timelines/load-shared.ts'

/** One app as the home page knows it: its health, and its timeline behind the peer's token. */
export interface TestApp {
  url: string
  rows: TimelineRow[]
  /** `hang`: takes requests and answers none. */
  behaviour: 'answer' | 'hang'
  close(): Promise<void>
}

/** Starts such an app on a free port; the bridge's own verification stands in front of its rows, as in the real ones. */
export async function startTestApp(
  self: 'total-typescript' | 'ai-hero',
  crossApp: { secret: string; environment: string },
): Promise<TestApp> {
  const { createBridge } = await loadShared()
  const bridge = createBridge({
    self,
    peer: self === 'ai-hero' ? 'total-typescript' : 'ai-hero',
    environment: crossApp.environment,
    secrets: { current: crossApp.secret },
    eventApi: { baseUrl: 'http://127.0.0.1:1', eventKey: 'none' },
  })
  const server = createServer((request, response) => {
    if (app.behaviour === 'hang') return
    const url = new URL(request.url ?? '/', 'http://app')
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (url.pathname !== '/api/cross-app/timeline') return answer(200, { ok: true })
    bridge.verifyReadToken(request.headers.authorization).then(
      () => {
        const purchaseId = url.searchParams.get('purchaseId')
        const since = url.searchParams.get('since') ?? ''
        const rows = app.rows.filter((row) =>
          purchaseId === null ? row.at >= since : row.purchaseId === purchaseId,
        )
        answer(200, { rows, now: new Date().toISOString() })
      },
      () => answer(401, { error: 'unauthorised' }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const app: TestApp = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rows: [],
    behaviour: 'answer',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return app
}
