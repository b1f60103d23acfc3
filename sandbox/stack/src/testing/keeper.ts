import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { StackError } from '../errors.ts'
import { lastLines } from '../last-lines.ts'
import { nodeProgram, stackFolder } from '../paths.ts'

/** What the keeper tells each process that connects, once the server is ready. */
export type KeeperGreeting = { port: number } | { error: string; nextStep?: string }

export interface TestDatabaseServer {
  port: number
  /** Lets go of the server. The keeper stops it when nobody holds it any more. */
  release(): void
}

/** The folder of the test databases. */
export const testDatabaseFolder = stackFolder('test-db')

/** Where the keeper of a folder listens; its path must be short, whatever the checkout's is. */
export function keeperSocket(folder: string): string {
  return join(tmpdir(), `test-db-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}.sock`)
}

function tryConnect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}

function firstLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
    })
    socket.once('close', () => resolve(undefined))
    socket.once('error', () => resolve(undefined))
  })
}

/**
 * Holds the private test database server, starting it if nobody does. Any number of test runs share one server; it
 * lives in a process of its own (keeper-main.ts) and stops shortly after the last holder is gone, even if that one was
 * killed.
 *
 * @throws StackError when no server can be started
 */
export async function holdTestDatabaseServer(folder = testDatabaseFolder): Promise<TestDatabaseServer> {
  const path = keeperSocket(folder)
  const logFile = join(folder, 'logs', 'keeper.log')
  mkdirSync(dirname(logFile), { recursive: true })
  const deadline = performance.now() + 180_000
  let keeperRuns = false
  while (performance.now() < deadline) {
    const socket = await tryConnect(path)
    if (socket) {
      const line = await firstLine(socket)
      if (line !== undefined) {
        const greeting = JSON.parse(line) as KeeperGreeting
        if ('error' in greeting) {
          socket.destroy()
          throw new StackError('part-failed', greeting.error, {
            logFile,
            lastLines: lastLines(logFile),
            ...(greeting.nextStep === undefined ? {} : { nextStep: greeting.nextStep }),
          })
        }
        // A forgotten hold must not keep its process alive.
        socket.unref()
        return { port: greeting.port, release: () => socket.destroy() }
      }
      // The keeper was about to leave: a new one is needed.
    }
    if (!keeperRuns) {
      const log = openSync(logFile, 'a', 0o600)
      const keeper = spawn(
        nodeProgram(),
        [join(dirname(fileURLToPath(import.meta.url)), 'keeper-main.ts'), folder],
        { detached: true, stdio: ['ignore', log, log] },
      )
      closeSync(log)
      keeperRuns = true
      // It also ends at once when another process's keeper was quicker.
      keeper.once('exit', () => {
        keeperRuns = false
      })
      keeper.once('error', () => {
        keeperRuns = false
      })
      keeper.unref()
    }
    await delay(50)
  }
  throw new StackError('part-failed', 'The test database server did not answer within three minutes.', {
    logFile,
    lastLines: lastLines(logFile),
  })
}
