import { type InngestServer, type InngestServerOptions, startInngestServer } from '../index.ts'
import { type DefineFunctions, startTestApp, type TestApp } from './test-app.ts'
import { pause } from './wait-for.ts'

const opened: (() => Promise<void>)[] = []

/** Ends what a test opened, the last first. Done after each test. */
export async function closeOpened(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}

/** With `INNGEST_AGAINST`, the tests of what both can do use the server there instead of one of their own. */
export const against = process.env.INNGEST_AGAINST

const { INNGEST_AGAINST_EVENT_KEY: eventKey, INNGEST_AGAINST_SIGNING_KEY: signingKey } = process.env

/** The keys of the server there, when it is in `start` mode. */
export const againstKeys = eventKey && signingKey ? { eventKey, signingKey } : undefined

/** Starts a server in this process for one test. Failed attempts are repeated after 20 ms unless told otherwise. */
export async function openServer(options: InngestServerOptions = {}): Promise<InngestServer> {
  if (against !== undefined) return serverAt(against)
  const server = await startInngestServer({ retryIntervalMs: 20, ...options })
  opened.push(server.close)
  return server
}

/** Lets time pass for the server: at once where its clock can be put forward, else by waiting. */
export async function passTime(server: InngestServer, milliseconds: number): Promise<void> {
  if (against === undefined) await server.advanceClock(milliseconds)
  else await pause(milliseconds)
}

/** A server somebody else started, and ends. */
function serverAt(url: string): InngestServer {
  return {
    url,
    port: Number(new URL(url).port),
    advanceClock: () => Promise.reject(new Error('The clock of another server can not be moved from here')),
    close: () => Promise.resolve(),
  }
}

/** Starts a server and an app that is registered with it, for one test. */
export async function openServerAndApp(
  functions: DefineFunctions,
  options: InngestServerOptions = {},
): Promise<{ server: InngestServer; app: TestApp }> {
  const server = await openServer(options)
  const app = await openApp(server.url, functions)
  const { status, message } = await app.register()
  if (status !== 200) throw new Error(message)
  return { server, app }
}

/** Starts an app for one test, without registering it. */
export async function openApp(
  serverUrl: string,
  functions: DefineFunctions,
  options: { id?: string; eventKey?: string; signingKey?: string } = {},
): Promise<TestApp> {
  const app = await startTestApp({ serverUrl, functions, ...options })
  opened.push(async () => {
    if (against !== undefined && app.isRegistered()) await unregister(app)
    await app.stop()
  })
  return app
}

/**
 * Leaves nothing of an app on a server that lives on: the events of the next test would start its functions, too.
 *
 * @throws Error when the server still has them
 */
async function unregister(app: TestApp): Promise<void> {
  // What answers in the place of the SDK would answer this as well.
  app.intercept(undefined)
  // The real server takes an empty set for no change, so one that nothing starts is left.
  app.define((inngest) => [inngest.createFunction({ id: 'gone' }, { event: `${app.id}/never` }, () => null)])
  const { status, message } = await app.register()
  if (status !== 200) throw new Error(`The app ${app.id} is still registered: ${message}`)
}
