import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface PeerReadApi {
  url: string
  /** What `/api/cross-app/changes?kind=grants` returns, in pages of `pageSize`. */
  rows: {updatedAt: string; id: string; row: unknown}[]
  /** The same for `kind=links`. */
  linkRows: {updatedAt: string; id: string; row: unknown}[]
  pageSize: number
  /** `since` and `after` of every request for grants. */
  requests: {since: string | null; after: string | null}[]
  now: string
  available: boolean
  /** What the timeline returns. */
  timeline: unknown
  close(): Promise<void>
}

/** AI Hero's read API as far as this app reads it, over HTTP. */
export async function startPeerReadApi(): Promise<PeerReadApi> {
  const api: PeerReadApi = {
    url: '',
    rows: [],
    linkRows: [],
    pageSize: 100,
    requests: [],
    now: '2026-11-21T12:00:00.000Z',
    available: true,
    timeline: {rows: [], now: '2026-11-21T12:00:00.000Z'},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://peer')
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body))
    if (!api.available) return answer(503, {})
    if (request.headers.authorization?.startsWith('Bearer ey') !== true) return answer(401, {})
    if (url.pathname === '/api/cross-app/timeline') return answer(200, api.timeline)
    const since = url.searchParams.get('since')
    const after = url.searchParams.get('after')
    const ofLinks = url.searchParams.get('kind') === 'links'
    if (!ofLinks) api.requests.push({since, after})
    const rows = ofLinks ? api.linkRows : api.rows
    const start = after === null ? 0 : rows.findIndex((row) => row.id === after) + 1
    const page = rows.slice(start, start + api.pageSize)
    const last = page.at(-1)
    const more = start + page.length < rows.length && last !== undefined
    return answer(200, {
      rows: page.map(({row}) => row),
      next: more ? {since: last.updatedAt, after: last.id} : null,
      now: api.now,
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return api
}
