import {createServer, type RequestListener} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, it, onTestFinished, vi} from 'vitest'
import {nextPollDelay} from './next-poll-delay'
import type {SyncStatus} from './sync-view'
import {isSyncStatus, watchSyncStatus} from './watch-sync-status'

const waiting: SyncStatus = {
  state: 'waiting-for-payment',
  headline: 'Waiting',
  announcement: 'Waiting for the payment.',
  settled: false,
  syncs: [],
}
const ready: SyncStatus = {
  ...waiting,
  state: 'recorded',
  headline: 'Ready',
  announcement: 'Ready.',
  settled: true,
}

/** Serves on a free port until the test is over; `requests` holds the moment of each request. */
async function serve(answer: (request: number) => {status: number; body: unknown}) {
  const requests: number[] = []
  const listener: RequestListener = (_request, response) => {
    requests.push(Date.now())
    const {status, body} = answer(requests.length)
    response.writeHead(status, {'content-type': 'application/json', connection: 'close'})
    response.end(JSON.stringify(body))
  }
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/status`, requests}
}

/** Watches twenty times as fast as a page does. */
function watch(url: string, initial: SyncStatus, {stayCurrent = false} = {}) {
  const headlines: string[] = []
  const reachable: boolean[] = []
  const handle = watchSyncStatus({
    url,
    initial,
    stayCurrent,
    delay: (progress) => nextPollDelay(progress) / 20,
    onStatus: (status) => headlines.push(status.headline),
    onReachable: (value) => reachable.push(value),
  })
  onTestFinished(handle.stop)
  return {...handle, headlines, reachable}
}

const soon = {timeout: 5_000, interval: 20}

describe('watchSyncStatus', () => {
  it('goes on until everything is settled, and reports only what differs', async () => {
    const {url, requests} = await serve((request) => ({status: 200, body: request < 3 ? waiting : ready}))
    const {headlines} = watch(url, waiting)
    await vi.waitFor(() => expect(headlines).toEqual(['Ready']), soon)
    expect(requests).toHaveLength(3)
    const gap = (requests[1] ?? 0) - (requests[0] ?? 0)
    expect(gap).toBeGreaterThanOrEqual(30)
  })

  it('never asks when everything was settled from the start', async () => {
    const {url, requests} = await serve(() => ({status: 200, body: ready}))
    const {resume} = watch(url, ready)
    resume()
    // A control that does ask, on the same server: when its answer is there, the other one had its chance.
    const control = watch(url, waiting)
    await vi.waitFor(() => expect(control.headlines).toEqual(['Ready']), soon)
    expect(requests).toHaveLength(1)
  })

  it('says that the server is out of reach after three failures, and that it is back', async () => {
    const {url} = await serve((request) =>
      request <= 3
        ? {status: 503, body: {...ready, headline: 'Not to be believed'}}
        : {status: 200, body: ready},
    )
    const {headlines, reachable} = watch(url, waiting)
    await vi.waitFor(() => expect(headlines).toEqual(['Ready']), soon)
    expect(reachable).toEqual([false, true])
  })

  it('takes an answer that is no status for a failure and keeps what it knows', async () => {
    const {url} = await serve((request) =>
      request === 1 ? {status: 200, body: {error: 'Bad gateway'}} : {status: 200, body: ready},
    )
    const {headlines, reachable} = watch(url, waiting)
    await vi.waitFor(() => expect(headlines).toEqual(['Ready']), soon)
    expect(reachable).toEqual([])
  })

  it('asks nothing while paused and goes on when resumed', async () => {
    const {url, requests} = await serve(() => ({status: 200, body: ready}))
    const paused = watch(url, waiting)
    paused.pause()
    const control = watch(url, waiting)
    await vi.waitFor(() => expect(control.headlines).toEqual(['Ready']), soon)
    expect(requests).toHaveLength(1)

    paused.resume()
    await vi.waitFor(() => expect(paused.headlines).toEqual(['Ready']), soon)
    expect(requests).toHaveLength(2)
  })

  it('asks nothing more when it is paused with a request under way', async () => {
    const {url, requests} = await serve(() => ({status: 200, body: {...waiting, headline: 'Still waiting'}}))
    const paused = watch(url, waiting)
    paused.resume()
    paused.pause()
    await vi.waitFor(() => expect(paused.headlines).toEqual(['Still waiting']), soon)
    const other = await serve((request) => ({status: 200, body: request < 3 ? waiting : ready}))
    // A control that goes on asking elsewhere: when it is through, the paused one had its chance, too.
    const control = watch(other.url, waiting)
    await vi.waitFor(() => expect(control.headlines).toEqual(['Ready']), soon)
    expect(requests).toHaveLength(1)
  })

  it('asks quickly for a while when a reader comes back to a page where everything is settled', async () => {
    const {url, requests} = await serve((request) => ({
      status: 200,
      body: request < 4 ? {...ready, headline: 'Waiting for you'} : ready,
    }))
    const watched = watch(url, {...ready, headline: 'Waiting for you'}, {stayCurrent: true})
    watched.pause()
    watched.resume()
    await vi.waitFor(() => expect(watched.headlines).toEqual(['Ready']), soon)
    expect(requests.length).toBeGreaterThanOrEqual(4)
  })

  it('asks slowly on a settled page that nobody has come back to', async () => {
    const {url, requests} = await serve(() => ({status: 200, body: ready}))
    watch(url, ready, {stayCurrent: true})
    const other = await serve((request) => ({status: 200, body: request < 4 ? waiting : ready}))
    // A control that asks quickly: when it is through, the slow one had its chance.
    const control = watch(other.url, waiting)
    await vi.waitFor(() => expect(control.headlines).toEqual(['Ready']), soon)
    expect(requests).toEqual([])
  })

  it('is silent once stopped, also about an answer under way', async () => {
    const {url, requests} = await serve(() => ({status: 200, body: ready}))
    const stopped = watch(url, waiting)
    stopped.resume()
    stopped.stop()
    const control = watch(url, waiting)
    await vi.waitFor(() => expect(control.headlines).toEqual(['Ready']), soon)
    expect(stopped.headlines).toEqual([])
    expect(requests.length).toBeLessThanOrEqual(2)
  })
})

describe('isSyncStatus', () => {
  it('accepts what the status endpoint answers', () => {
    expect(isSyncStatus(ready)).toBe(true)
  })

  it.each([
    ['nothing', null],
    ['a proxy’s own error', {error: 'Bad gateway'}],
    ['a status without its list', {...ready, syncs: undefined}],
    ['a status that does not say whether it is settled', {...ready, settled: 'no'}],
  ])('refuses %s', (_name, value) => {
    expect(isSyncStatus(value)).toBe(false)
  })
})
