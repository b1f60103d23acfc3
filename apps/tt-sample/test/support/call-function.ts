import {randomUUID} from 'node:crypto'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {serve} from 'inngest/node'
import {afterAll, beforeAll} from 'vitest'
import {crossAppFunctions} from '../../src/cross-app'
import {inngest} from '../../src/server/inngest'

let server: Server

/** Call once at the top of a test file: `callFunction` then speaks to the app's real Inngest endpoint. */
export function useFunctions(): void {
  beforeAll(async () => {
    server = createServer(serve({client: inngest, functions: crossAppFunctions}))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
}

export interface FunctionAnswer {
  status: number
  /** The function told Inngest not to try again. */
  final: boolean
  body: unknown
}

/** Runs one function with one event, as an Inngest server does. */
export async function callFunction(
  functionId: string,
  event: {name: string; id?: string; data: unknown},
): Promise<FunctionAnswer> {
  const {port} = server.address() as AddressInfo
  const runId = randomUUID()
  const payload = {id: randomUUID(), ts: Date.now(), user: {}, ...event}
  const response = await fetch(
    `http://127.0.0.1:${port}/api/inngest?fnId=total-typescript-${functionId}&stepId=step`,
    {
      method: 'POST',
      headers: {'content-type': 'application/json', 'x-inngest-server-kind': 'dev'},
      body: JSON.stringify({
        ctx: {
          attempt: 0,
          disable_immediate_execution: false,
          env: 'test',
          fn_id: randomUUID(),
          run_id: runId,
          stack: {current: 0, stack: []},
          use_api: false,
        },
        event: payload,
        events: [payload],
        steps: {},
        use_api: false,
        version: -1,
      }),
    },
  )
  const text = await response.text()
  return {
    status: response.status,
    final: response.headers.get('x-inngest-no-retry') === 'true',
    body: text === '' ? null : JSON.parse(text),
  }
}

/** Every function and the events that trigger it, as they would be registered. */
export function registeredTriggers(): {functionId: string; event: string}[] {
  return crossAppFunctions.flatMap((registered) => {
    // The SDK keeps the triggers here and leaves them out of its public type.
    const {triggers = []} = registered.opts as {triggers?: {event?: string}[]}
    return triggers.flatMap(({event}) => (event === undefined ? [] : [{functionId: registered.id(), event}]))
  })
}
