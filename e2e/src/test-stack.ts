import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type PartName, portsOf, type StackInfo, startStack } from '@sandbox/stack'
import { startTestGithub } from './start-test-github.ts'
import { startSwitchboard } from './switchboard.ts'

/** The tests' own stack: its own ports, data, cookies and production builds, beside any stack a developer runs. */
export const TEST_STACK_NAME = 'test'
const TEST_PORT_BASE = 13_000
/** Two sites, as in production; on `localhost` the apps would share cookies, and no test would see a cross-site one. */
const HOSTS = { tt: 'tt.test', ah: 'ah.test' }

/** What a test worker needs to reach the stack; travels in the environment. */
export type TestStackAddress = {
  info: StackInfo
  switchboardUrl: string
  partsUrl: string
  /** Before the first part was there; ISO 8601. Databases outlive a run, inboxes and logs don't. */
  startedAt: string
}

const ADDRESS_VARIABLE = 'CROSS_APP_TEST_STACK'

/**
 * Starts the tests' stack, with its home page and a fault proxy on every road between its parts, and leaves its address where
 * `connectTestStack` finds it.
 *
 * @returns the function that stops everything
 */
export async function startTestStack(): Promise<() => Promise<void>> {
  const startedAt = new Date().toISOString()
  const ports = portsOf(TEST_PORT_BASE)
  const github = await startTestGithub({
    tt: `http://${HOSTS.tt}:${ports.tt}`,
    ah: `http://${HOSTS.ah}:${ports.ah}`,
  })
  const stack = await startStack({
    name: TEST_STACK_NAME,
    portBase: TEST_PORT_BASE,
    // Production builds, as people get them; dev servers only while a test and a page are being written together.
    apps: process.env.E2E_APPS === 'dev' ? 'dev' : 'start',
    hosts: HOSTS,
    appEnvironment: github.environment,
    onProgress: (progress) => {
      if (progress.type === 'ready') process.stdout.write(`  ${progress.step} ready in ${progress.ms} ms\n`)
      else if (progress.type !== 'starting') process.stdout.write(`  ${JSON.stringify(progress)}\n`)
    },
  })
  const switchboard = await startSwitchboard(stack)
  const parts = await startPartsControl(stack)
  const address: TestStackAddress = {
    info: { ...stack.info, github: { url: github.url } },
    switchboardUrl: switchboard.url,
    partsUrl: parts.url,
    startedAt,
  }
  process.env[ADDRESS_VARIABLE] = JSON.stringify(address)
  return async () => {
    parts.close()
    await switchboard.close()
    await stack.stop()
    await github.close()
  }
}

/** @throws Error when no test stack was started by the runner's global set-up */
export function readTestStackAddress(): TestStackAddress {
  const text = process.env[ADDRESS_VARIABLE]
  if (text === undefined) throw new Error('No test stack is running: start these tests with "npm run e2e".')
  return JSON.parse(text) as TestStackAddress
}

/** `POST /<part>/kill|stop|start|pause|resume` for tests in other processes: how they pull the plug. */
async function startPartsControl(stack: {
  killPart(name: PartName): Promise<void>
  stopPart(name: PartName): Promise<void>
  startPart(name: PartName): Promise<void>
  pausePart(name: PartName): Promise<void>
  resumePart(name: PartName): Promise<void>
}): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const [, name, verb] = (request.url ?? '').split('/')
    const act = async (): Promise<void> => {
      if (verb === 'kill') return stack.killPart(name as PartName)
      if (verb === 'stop') return stack.stopPart(name as PartName)
      if (verb === 'start') return stack.startPart(name as PartName)
      if (verb === 'pause') return stack.pausePart(name as PartName)
      if (verb === 'resume') return stack.resumePart(name as PartName)
      throw new Error(`There is no verb ${verb}.`)
    }
    act().then(
      () => response.end(),
      (error: Error) => {
        response.statusCode = 500
        response.end(error.message)
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
