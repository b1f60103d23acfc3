import { afterEach } from 'vitest'
import { type InngestServer, type InngestServerOptions, startInngestServer } from '../index.ts'
import { type DefineFunctions, startTestApp, type TestApp } from './test-app.ts'

const opened: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** Starts a server in this process for one test. Failed attempts are repeated after 20 ms unless told otherwise. */
export async function openServer(options: InngestServerOptions = {}): Promise<InngestServer> {
  const server = await startInngestServer({ retryIntervalMs: 20, ...options })
  opened.push(server.close)
  return server
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
  opened.push(app.stop)
  return app
}
