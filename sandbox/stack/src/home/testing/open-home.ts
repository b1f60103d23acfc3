import { randomBytes, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Roads, startRoads } from '../../roads/start-roads.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import type { HomePart, HomeStack } from '../home-stack.ts'
import { type Home, startHome } from '../start-home.ts'
import { startTestApp, type TestApp } from './test-app.ts'

export interface OpenHome {
  home: Home
  stack: HomeStack
  tt: TestApp
  ah: TestApp
  roads: Roads
  /** What the page asked of the parts, in order: `pause inngest-ah`. */
  asked: string[]
  /** Sends one of the page's forms, as the page does. */
  send(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  page(path?: string): Promise<string>
}

/** A home page over two small apps that answer as the real ones do, with real roads; all of it ends with the test. */
export async function openHome(log = ''): Promise<OpenHome> {
  const crossApp = { secret: randomBytes(32).toString('hex'), environment: `test-${randomUUID()}` }
  const tt = await startTestApp('total-typescript', crossApp)
  const ah = await startTestApp('ai-hero', crossApp)
  const roads = await startRoads({ targets: { stripeToTt: tt.url, ttToAhInngest: ah.url } })
  const logFile = join(temporaryFolder(), 'part.log')
  writeFileSync(logFile, log)
  const asked: string[] = []
  const part = (name: HomePart['name'], url: string): HomePart => ({
    name,
    url,
    state: 'running',
    kind: 'a part',
    version: '1.2.3',
    pick: {
      choice: 'sandbox',
      what: 'a part',
      version: '1.2.3',
      forced: false,
      passedOver: [{ choice: 'test-mode', reason: 'no key is given' }],
    },
    controllable: true,
    startedAt: Date.now() - 90_000,
    startedInMs: 1_234,
    logFile,
  })
  const parts = [part('tt', tt.url), part('ah', ah.url), part('inngest-ah', ah.url)]
  const act =
    (verb: string, state: HomePart['state']) =>
    async (name: HomePart['name']): Promise<void> => {
      asked.push(`${verb} ${name}`)
      for (const each of parts) if (each.name === name) each.state = state
    }
  const stack: HomeStack = {
    name: 'spec',
    apps: 'dev',
    browserUrls: { tt: tt.url, ah: ah.url },
    serviceUrls: { tt: tt.url, ah: ah.url },
    databaseUrls: { tt: 'mysql://nobody@127.0.0.1:1/none', ah: 'mysql://nobody@127.0.0.1:1/none' },
    parts: () => parts,
    stopPart: act('stop', 'stopped'),
    killPart: act('kill', 'stopped'),
    startPart: act('start', 'running'),
    pausePart: act('pause', 'paused'),
    resumePart: act('resume', 'running'),
    roads,
    crossApp,
    secrets: () => ['very-secret-value'],
  }
  const home = await startHome({ port: 0, stack })
  onTestFinished(async () => {
    await home.close()
    await Promise.all([roads.close(), tt.close(), ah.close()])
  })
  return {
    home,
    stack,
    tt,
    ah,
    roads,
    asked,
    send: (path, fields, headers = { origin: home.url }) =>
      fetch(`${home.url}${path}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
    page: async (path = '/') => (await fetch(`${home.url}${path}`)).text(),
  }
}
