import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Stripe's own stand-in, which knows every parameter of the API and keeps nothing. */
export interface StripeMock {
  host: string
  port: number
  url: string
  close(): Promise<void>
}

/** How long it may take to read its description, in milliseconds. */
const START_DEADLINE_MS = 60_000

/**
 * Starts `stripe-mock` on a free port of the loopback interface.
 *
 * @throws Error with its output when it ends or does not listen in time
 */
export async function startStripeMock(program: string): Promise<StripeMock> {
  const child = spawn(program, ['-http-addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const port = await readPort(child).catch(async (error: unknown) => {
    await end(child)
    throw error
  })
  // It must not outlive a test run that is killed.
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  return {
    host: '127.0.0.1',
    port,
    url: `http://127.0.0.1:${port}`,
    async close() {
      process.off('exit', endWithUs)
      await end(child)
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** It says where it listens: “Listening for HTTP at address: 127.0.0.1:41234”. */
function readPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = ''
    const fail = (what: string) => {
      clearTimeout(timer)
      reject(new Error(`stripe-mock ${what}. It said: ${output.trim()}`))
    }
    const timer = setTimeout(() => fail(`did not listen within ${START_DEADLINE_MS} ms`), START_DEADLINE_MS)
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`ended with code ${code}`))
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8')
        const port = /address: \S*:(\d+)/.exec(output)?.[1]
        if (port === undefined) return
        clearTimeout(timer)
        resolve(Number(port))
      })
    }
  })
}
