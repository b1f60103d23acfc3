import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { StackError } from '../errors.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { logTail } from './log-tail.ts'
import { redact } from './redact.ts'
import { openHome } from './testing/open-home.ts'
import { createTimelineReader } from './timelines/read-timeline.ts'
import { watchTimelines } from './timelines/watch-timelines.ts'

/** An app whose timeline answers with this very body, whoever asks. */
async function startApp(bodies: (url: URL) => string | Generator<string>): Promise<string> {
  const server = createServer((request, response) => {
    const body = bodies(new URL(request.url ?? '/', 'http://app'))
    response.writeHead(200, { 'content-type': 'application/json' })
    if (typeof body === 'string') return void response.end(body)
    const send = () => {
      for (;;) {
        const { value, done } = body.next()
        if (done) return void response.end()
        if (!response.write(value)) return void response.once('drain', send)
      }
    }
    send()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const crossApp = () => ({ secret: randomBytes(32).toString('hex'), environment: 'test' })

/** Sends these very bytes to the page and says what came back before the connection ended. */
function sendRaw(url: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.once('error', () => resolve(answer))
    socket.once('close', () => resolve(answer))
  })
}

describe('an app that answers nonsense', () => {
  it('with a clock that is none is asked again all the same', async () => {
    let asked = 0
    const row = (id: string) => ({
      id,
      at: new Date().toISOString(),
      actor: 'a',
      action: 'b',
      purchaseId: null,
      subject: 's',
      data: {},
    })
    const url = await startApp(() => {
      asked += 1
      return JSON.stringify({
        rows: [row(`row-${asked}`)],
        now: asked === 1 ? 'a quarter past nine' : new Date().toISOString(),
      })
    })
    const timelines = watchTimelines({ serviceUrls: { tt: url, ah: url }, crossApp: crossApp(), apps: 'dev' })
    await timelines.read(5_000)
    const { tt } = await timelines.read(5_000)
    expect(tt).toMatchObject({ answers: true, problem: '' })
    expect(tt.known?.clockAheadMs).toBe(0)
    expect(tt.known?.rows.length).toBeGreaterThan(1)
  })

  it('without an end is not read to its end', async () => {
    let sent = 0
    const url = await startApp(function* endless() {
      yield '{"rows":[],"now":"'
      for (; sent < 512; sent += 1) yield 'x'.repeat(1024 * 1024)
      yield '"}'
    })
    const read = createTimelineReader({ app: 'tt', url, ...crossApp() })
    await expect(read({ since: new Date() }, 20_000)).rejects.toThrow('too much for a timeline')
    expect(sent).toBeLessThan(100)
  })
})

describe('the rows that are remembered', () => {
  it('keep an old purchase that is looked at, however many newer ones there are', async () => {
    const old = randomUUID()
    const rowAt = (at: string, purchaseId: string) => ({
      id: randomUUID(),
      at,
      actor: 'stripe',
      action: 'purchase.recorded',
      purchaseId,
      subject: purchaseId,
      data: {},
    })
    const url = await startApp((asked) => {
      const isOld = asked.searchParams.get('purchaseId') === old
      const rows = isOld
        ? [rowAt('2020-01-01T00:00:00.000Z', old)]
        : Array.from({ length: 500 }, () => rowAt(new Date().toISOString(), randomUUID()))
      return JSON.stringify({ rows, now: new Date().toISOString() })
    })
    const timelines = watchTimelines({ serviceUrls: { tt: url, ah: url }, crossApp: crossApp(), apps: 'dev' })
    for (let round = 0; round < 9; round += 1) await timelines.read(5_000)
    const { tt } = await timelines.readPurchase(old, 5_000)
    expect(tt.known?.rows.length).toBeLessThanOrEqual(4_000)
    expect(tt.known?.rows.filter(({ purchaseId }) => purchaseId === old)).toHaveLength(1)
  })
})

describe('a log', () => {
  it('of one endless word costs next to nothing', () => {
    const begin = performance.now()
    redact('a'.repeat(16_384))
    redact('-'.repeat(16_384))
    expect(performance.now() - begin).toBeLessThan(250)
  })

  it('of 500 MB costs no more than its end', () => {
    const file = join(temporaryFolder(), 'part.log')
    const handle = openSync(file, 'w')
    writeSync(handle, '\nlast line\n', 500 * 1024 * 1024)
    closeSync(handle)
    const begin = performance.now()
    expect(logTail(file, []).at(-1)).toBe('last line')
    expect(performance.now() - begin).toBeLessThan(250)
  })

  it('that is not there is empty', () => {
    expect(logTail(join(temporaryFolder(), 'gone.log'), [])).toEqual([])
  })
})

describe('the page’s server', () => {
  it.each([
    ['an address that is none', 'GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', '400'],
    [
      'a form without a body',
      'POST /parts/tt HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\r\n',
      '303',
    ],
    [
      'a part that there is not',
      'POST /parts/__proto__ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\r\n',
      '404',
    ],
    [
      'HEAD where updates come from',
      'HEAD /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      '200',
    ],
  ])('answers %s', async (_, request, status) => {
    const { home } = await openHome()
    expect(await sendRaw(home.url, request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it('tells whoever sends too much, instead of hanging up', async () => {
    const { home } = await openHome()
    const body = `verb=${'x'.repeat(20_000)}`
    const request = `POST /parts/tt HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    expect(await sendRaw(home.url, request)).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('goes on when those it answers are gone in the middle', async () => {
    const { home, page } = await openHome()
    const requests = [
      'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'POST /faults HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Length: 50\r\n\r\nroad=',
    ]
    await Promise.all(
      Array.from(
        { length: 60 },
        (_, index) =>
          new Promise<void>((resolve) => {
            const socket = connect(Number(new URL(home.url).port), '127.0.0.1', () => {
              socket.write(requests[index % 3] ?? '', () => socket.resetAndDestroy())
            })
            socket.once('error', () => undefined)
            socket.once('close', () => resolve())
          }),
      ),
    )
    expect(await page()).toContain('parts answer')
  })

  it('keeps four open pages up to date, and tells the oldest when a fifth is opened', async () => {
    const { home } = await openHome()
    const open = async () => {
      const response = await fetch(`${home.url}/events`)
      return response.body?.pipeThrough(new TextDecoderStream()).getReader()
    }
    const first = await open()
    const others = await Promise.all([open(), open(), open()])
    let seen = ''
    const readOn = async () => {
      for (;;) {
        const part = await first?.read()
        if (part === undefined || part.done) return 'ended'
        seen += part.value
      }
    }
    const ended = readOn()
    await waitUntil(async () => seen.includes('event: pieces'), {
      deadlineMs: 5_000,
      describe: 'The first update',
    })
    expect(seen).not.toContain('event: elsewhere')
    const fifth = await open()
    expect(await ended).toBe('ended')
    expect(seen).toContain('event: elsewhere')
    await Promise.all([...others, fifth].map((reader) => reader?.cancel()))
  })

  it('shows no secret and no address of a part that did not start', async () => {
    const { send, page, stack } = await openHome()
    stack.startPart = async () => {
      throw new StackError('part-failed', 'It did not start.', {
        lastLines: ['connect with very-secret-value', 'mail to ada@example.com'],
      })
    }
    const answer = await send('/parts/tt', { verb: 'start' })
    const text = await page(answer.headers.get('location') ?? '')
    expect(text).toContain('mail to [email]')
    expect(text).not.toContain('very-secret-value')
  })

  it('sets the same fault once, however often its button is pressed', async () => {
    const { send, roads } = await openHome()
    for (let press = 0; press < 3; press += 1) await send('/presets', { preset: 'events-lost' })
    expect(roads.proxies.ttToAhInngest?.faults()).toHaveLength(1)
    await send('/faults', { road: 'ttToAhInngest', kind: 'delay', milliseconds: '50' })
    expect(roads.proxies.ttToAhInngest?.faults()).toHaveLength(2)
  })
})
