// An app in a process of its own, as the benchmark's other half: the SDK has to have a core to itself.
import { createServer } from 'node:http'
import { Inngest } from 'inngest'
import { serve } from 'inngest/node'

/** What the benchmark is told: where the app is, when its functions were first called, and how many runs are done. */
export type AppMessage = { url: string } | { firstCallAt: number; key: number } | { finished: number }

const [serverUrl, nextUrl, id = 'bench'] = process.argv.slice(2)
if (serverUrl === undefined) throw new Error('The first argument is the URL of the Inngest server')

const client = (baseUrl: string) =>
  new Inngest({
    id,
    baseUrl,
    isDev: true,
    eventKey: 'key',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  })
const inngest = client(serverUrl)
const next = client(nextUrl ?? serverUrl)
const tell = (message: AppMessage) => process.send?.(message)
let finished = 0

const functions = [
  inngest.createFunction({ id: 'quick' }, { event: 'bench/quick' }, ({ event }) => {
    tell({ firstCallAt: Date.now(), key: event.data.key })
  }),
  inngest.createFunction({ id: 'two-steps' }, { event: 'bench/two-steps' }, async ({ step }) => {
    await step.run('one', () => ({ ok: true }))
    await step.run('two', () => ({ ok: true }))
    tell({ finished: ++finished })
  }),
  inngest.createFunction(
    { id: 'one-at-a-time', concurrency: 1 },
    { event: 'bench/one-at-a-time' },
    () => new Promise((resolve) => setTimeout(resolve, 100)),
  ),
  // A → B → A: each passes the event on to the other server, until it has been round.
  inngest.createFunction({ id: 'pass' }, { event: 'bench/pass' }, async ({ event, step }) => {
    const { key, left } = event.data
    if (left === 0) tell({ firstCallAt: Date.now(), key })
    else {
      await step.run('pass on', () => next.send({ name: 'bench/pass', data: { key, left: left - 1 } }))
    }
  }),
]

const server = createServer(
  { keepAliveTimeout: 60_000 },
  serve({ client: inngest, functions, baseUrl: serverUrl, logLevel: 'silent' }),
)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  tell({ url: `http://127.0.0.1:${port}/api/inngest` })
})
process.on('disconnect', () => process.exit(0))
