import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitFor } from '../testing/wait-for.ts'
import type { AppMessage } from './app-process.ts'

/** A server being measured: the stand-in, or a real one. */
export type BenchServer = {
  url: string
  readonly pid: number
  /** Where its state is. */
  directory: string
  /** From the start of the process to the first answer. */
  readyMs: number
  stop: () => Promise<void>
  /** Kills it and starts it again on what it has on disk. */
  restart: () => Promise<{ readyMs: number }>
}

const entry = fileURLToPath(new URL('../main.ts', import.meta.url))
const appEntry = fileURLToPath(new URL('./app-process.ts', import.meta.url))

/** @param program a real Inngest server; undefined for the stand-in */
export async function startBenchServer(program: string | undefined, directory: string): Promise<BenchServer> {
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const [port, gateway, gatewayGrpc, executorGrpc] = ports.map(String)
  const flags = ['dev', '--no-discovery', '--no-poll', '--host', '127.0.0.1', '--port', port ?? '']
  const realFlags = [
    ['--connect-gateway-port', gateway ?? ''],
    ['--connect-gateway-grpc-port', gatewayGrpc ?? ''],
    ['--connect-executor-grpc-port', executorGrpc ?? ''],
    ['--retry-interval', '1'],
  ].flat()
  const launch = () =>
    program === undefined
      ? spawn(process.execPath, [entry, ...flags, '--sqlite-dir', directory], { stdio: 'ignore' })
      : spawn(program, [...flags, ...realFlags], {
          stdio: 'ignore',
          cwd: directory,
          env: { ...process.env, DO_NOT_TRACK: '1' },
        })
  const url = `http://127.0.0.1:${port}`
  const start = async () => {
    const startedAt = Date.now()
    const child = launch()
    await waitFor('the server', async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok, 60_000)
    return { child, readyMs: Date.now() - startedAt }
  }
  let { child, readyMs } = await start()
  return {
    url,
    get pid() {
      return child.pid ?? 0
    },
    directory,
    readyMs,
    stop: () => end(child, 'SIGTERM'),
    restart: async () => {
      await end(child, 'SIGKILL')
      ;({ child, readyMs } = await start())
      return { readyMs }
    },
  }
}

/** What the files in a folder take on disk. */
export async function diskMbOf(directory: string): Promise<number> {
  const names = await readdir(directory)
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(directory, name)).catch(() => undefined))?.size ?? 0),
  )
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024 ** 2)
}

/** The app of a benchmark, registered with a server. */
export type BenchApp = {
  url: string
  pid: number
  /** When each key's function was first called, in milliseconds since 1970. */
  firstCallAt: Map<number, number>
  finished: () => number
  stop: () => Promise<void>
}

/** @param nextUrl the server that `bench/pass` events are handed on to */
export async function startBenchApp(serverUrl: string, nextUrl?: string, id?: string): Promise<BenchApp> {
  const child = fork(appEntry, [serverUrl, nextUrl ?? serverUrl, ...(id === undefined ? [] : [id])])
  const firstCallAt = new Map<number, number>()
  let finished = 0
  let url: string | undefined
  child.on('message', (message: AppMessage) => {
    if ('url' in message) url = message.url
    else if ('finished' in message) finished = message.finished
    else firstCallAt.set(message.key, message.firstCallAt)
  })
  const appUrl = await waitFor('the app', () => url, 30_000)
  await waitFor('the registration', async () => (await fetch(appUrl, { method: 'PUT' })).ok, 30_000)
  return {
    url: appUrl,
    pid: child.pid ?? 0,
    firstCallAt,
    finished: () => finished,
    stop: () => end(child, 'SIGTERM'),
  }
}

/** Processor time used so far and memory in use, from the kernel; undefined where it does not tell. */
export async function usageOf(pid: number): Promise<{ cpuMs: number; memoryMb: number } | undefined> {
  try {
    const stat = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const pages = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
    // In hundredths of a second: that is what Linux counts in everywhere.
    return { cpuMs: (Number(stat[11]) + Number(stat[12])) * 10, memoryMb: Math.round(pages / 1024) }
  } catch {
    return undefined
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
