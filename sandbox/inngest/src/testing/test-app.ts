import { createServer, IncomingMessage, type ServerResponse } from 'node:http'
import { Inngest } from 'inngest'
import { serve } from 'inngest/node'
import { isJsonObject, type JsonObject, parseJson } from '../protocol/canonical-json.ts'
import { pause, waitFor } from './wait-for.ts'

/** One request the app got from the server, and how it answered. */
export type RecordedCall = {
  method: string
  functionId: string
  target: string
  headers: Record<string, string | string[] | undefined>
  text: string
  body: JsonObject
  at: number
  status: number | undefined
}

type Functions = ReturnType<Inngest['createFunction']>[]
export type DefineFunctions = (inngest: Inngest) => Functions

/** Answers a request instead of the SDK; false leaves it to the SDK. */
export type Interceptor = (request: RecordedCall, response: ServerResponse) => boolean

/** An app with real Inngest functions, served by the real SDK over HTTP. */
export type TestApp = {
  id: string
  inngest: Inngest
  url: string
  /** Whether the server took its functions. */
  isRegistered: () => boolean
  calls: RecordedCall[]
  /** Calls of one function, by the id its author gave it. */
  callsOf: (functionId: string) => RecordedCall[]
  /** Sends `PUT /api/inngest`: has the SDK register its functions. */
  register: () => Promise<{ status: number; message: string; modified: boolean }>
  /** Replaces the set of functions, and the server to register with; register again to make it known. */
  define: (functions: DefineFunctions, registerWith?: string) => void
  intercept: (interceptor: Interceptor | undefined) => void
  /** Stops listening, as an app that is down. */
  stop: () => Promise<void>
  /** Listens again on the same port. */
  resume: () => Promise<void>
}

export type TestAppOptions = {
  serverUrl: string
  functions: DefineFunctions
  id?: string
  eventKey?: string
  /** With a key, the SDK works as in production: signatures are checked. */
  signingKey?: string
}

export async function startTestApp(options: TestAppOptions): Promise<TestApp> {
  const { serverUrl, signingKey } = options
  const id = options.id ?? `app-${Math.random().toString(36).slice(2, 10)}`
  const inngest = new Inngest({
    id,
    baseUrl: serverUrl,
    isDev: signingKey === undefined,
    eventKey: options.eventKey ?? 'any-key',
    // The failures of these functions are what is tested: no need to see them printed.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  })
  const calls: RecordedCall[] = []
  let interceptor: Interceptor | undefined
  let registered = false
  const handlerFor = (define: DefineFunctions, registerWith = serverUrl) =>
    serve({
      client: inngest,
      functions: define(inngest),
      baseUrl: registerWith,
      logLevel: 'silent',
      ...(signingKey === undefined ? {} : { signingKey }),
    })
  let handler = handlerFor(options.functions)

  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const text = await readText(request)
    const recorded = record(request, text)
    if (recorded.method === 'POST') calls.push(recorded)
    response.once('finish', () => {
      recorded.status = response.statusCode
    })
    if (interceptor?.(recorded, response)) return
    // The SDK wants to read the body itself.
    const replay = new IncomingMessage(request.socket)
    Object.assign(replay, { method: request.method, url: request.url, headers: request.headers })
    // Otherwise the end of this stream would be taken for a broken connection.
    replay.complete = true
    replay.push(text)
    replay.push(null)
    handler(replay, response)
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `http://127.0.0.1:${port}/api/inngest`

  return {
    id,
    inngest,
    url,
    isRegistered: () => registered,
    calls,
    callsOf: (functionId) => calls.filter((call) => call.functionId === `${id}-${functionId}`),
    register: async () => {
      const response = await fetch(url, { method: 'PUT' })
      const body: { message: string; modified: boolean } = await response.json()
      registered ||= response.ok
      return { status: response.status, ...body }
    },
    define: (functions, registerWith) => {
      handler = handlerFor(functions, registerWith)
    },
    intercept: (next) => {
      interceptor = next
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    resume: () => listen(port),
  }
}

function record(request: IncomingMessage, text: string): RecordedCall {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const value = text === '' ? {} : parseJson(text)
  return {
    method: request.method ?? '',
    functionId: url.searchParams.get('fnId') ?? '',
    target: url.searchParams.get('stepId') ?? '',
    headers: request.headers,
    text,
    body: isJsonObject(value) ? value : {},
    at: Date.now(),
    status: undefined,
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

/** A run as `/v1/events/{id}/runs` tells of it. */
export type RunReport = {
  run_id: string
  function_id: string
  status: string
  output: unknown
  started_at?: string
  ended_at: string | null
}

let fresh = 0

export async function runsOf(serverUrl: string, eventId: string): Promise<RunReport[]> {
  // The real server answers the same address from a cache for a quarter of a minute.
  const response = await fetch(`${serverUrl}/v1/events/${eventId}/runs?fresh=${fresh++}`)
  const body: { data: RunReport[] | null } = await response.json()
  // The real server lists a run twice whose last call happened twice, as it may after parallel steps.
  const runs = new Map((body.data ?? []).map((run) => [run.run_id, run]))
  return [...runs.values()]
}

/** The real server calls a run failed between two attempts too, and gives it no end then. */
function isOver(run: RunReport): boolean {
  return ['Completed', 'Failed', 'Cancelled'].includes(run.status) && run.ended_at !== null
}

/** Waits until an event's runs, at least `count` of them, are over. */
export async function finishedRuns(serverUrl: string, eventId: string, count = 1): Promise<RunReport[]> {
  const finished = await waitFor(`${count} finished runs of event ${eventId}`, async () => {
    const runs = await runsOf(serverUrl, eventId)
    return runs.length >= count && runs.every(isOver) ? runs : undefined
  })
  if (process.env.INNGEST_AGAINST === undefined) return finished
  // The real server tells how a run ended a little earlier than with what.
  await pause(1000)
  return runsOf(serverUrl, eventId)
}

/** Sends one event through the SDK and waits until its one run is over. */
export async function sendAndFinish(
  app: TestApp,
  serverUrl: string,
  event: { name: string; data?: Record<string, unknown>; id?: string; ts?: number },
): Promise<RunReport> {
  const { ids } = await app.inngest.send(event)
  const [run] = await finishedRuns(serverUrl, ids[0] ?? '')
  if (!run) throw new Error('no run')
  return run
}
