import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { nodeProgram } from '../paths.ts'

export type GuardRequest =
  | {
      type: 'spawn'
      id: number
      command: string
      args: readonly string[]
      cwd: string
      env: Record<string, string>
      logFile?: string
      inputFile?: string
    }
  | { type: 'signal'; id: number; signal: NodeJS.Signals }

export type GuardAnswer =
  | { type: 'spawned'; id: number; pid: number }
  | { type: 'failed'; id: number; message: string }
  | { type: 'exited'; id: number; code: number | null; signal: NodeJS.Signals | null }

export interface GuardedCommand {
  command: string
  args?: readonly string[]
  cwd: string
  /** The whole environment of the process; nothing is inherited silently. */
  env: Record<string, string>
  /** Standard output and standard error are appended here; without it they go to this process's standard error. */
  logFile?: string
  /** A file to be read as standard input. */
  inputFile?: string
}

export interface ProcessEnd {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface GuardedProcess {
  pid: number
  /** Settles when the process has ended; never rejects. */
  ended: Promise<ProcessEnd>
  /** Sends a signal to the process and everything it started. */
  signal(signal: NodeJS.Signals): void
  /** SIGTERM, and SIGKILL if that has not ended it after `graceMs` (5 s unless told). */
  stop(graceMs?: number): Promise<ProcessEnd>
}

export interface Guard {
  pid: number
  /** Starts a process that can't outlive this one. @throws Error when it can't be started */
  start(command: GuardedCommand): Promise<GuardedProcess>
  /** Ends every process that still runs, and the guard. */
  close(): Promise<void>
}

interface Watched {
  pid: number
  started: (pid: number) => void
  failed: (error: Error) => void
  ended: (end: ProcessEnd) => void
}

/**
 * Starts a guard (see guard-main.ts). One guard serves a whole supervisor: it costs one small process, not one for
 * each part.
 */
export function createGuard(): Guard {
  const child = spawn(nodeProgram(), [join(dirname(fileURLToPath(import.meta.url)), 'guard-main.ts')], {
    // In a session of its own, so that a Ctrl-C at the terminal reaches the supervisor only.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const watched = new Map<number, Watched>()
  let nextId = 1
  let gone = false

  const guardEnded = new Promise<void>((resolve) => {
    const end = () => {
      if (gone) return
      gone = true
      for (const process_ of watched.values()) {
        // Only when the guard was killed from outside: do its work here, at once.
        if (process_.pid > 0) {
          try {
            process.kill(-process_.pid, 'SIGKILL')
          } catch {
            // Ended already.
          }
        }
        process_.failed(new Error('The guard process has ended.'))
        process_.ended({ code: null, signal: 'SIGKILL' })
      }
      watched.clear()
      resolve()
    }
    child.once('exit', end)
    child.once('error', end)
  })
  // Writing to a guard that has just been killed must not take the supervisor down with it.
  child.stdin.on('error', () => undefined)

  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as GuardAnswer
    const process_ = watched.get(message.id)
    if (!process_) return
    if (message.type === 'spawned') {
      process_.pid = message.pid
      process_.started(message.pid)
    } else if (message.type === 'failed') {
      watched.delete(message.id)
      process_.failed(new Error(message.message))
      process_.ended({ code: null, signal: null })
    } else {
      watched.delete(message.id)
      process_.ended({ code: message.code, signal: message.signal })
    }
  })

  const send = (request: GuardRequest) => {
    if (!gone) child.stdin.write(`${JSON.stringify(request)}\n`)
  }

  return {
    pid: child.pid ?? 0,
    async start({ command, args = [], cwd, env, logFile, inputFile }) {
      if (gone) throw new Error('The guard process has ended.')
      if (logFile !== undefined) mkdirSync(dirname(logFile), { recursive: true })
      const id = nextId++
      const started = Promise.withResolvers<number>()
      const ended = Promise.withResolvers<ProcessEnd>()
      watched.set(id, { pid: 0, started: started.resolve, failed: started.reject, ended: ended.resolve })
      send({
        type: 'spawn',
        id,
        command,
        args,
        cwd,
        env,
        ...(logFile === undefined ? {} : { logFile }),
        ...(inputFile === undefined ? {} : { inputFile }),
      })
      const pid = await started.promise
      const signal = (name: NodeJS.Signals) => send({ type: 'signal', id, signal: name })
      return {
        pid,
        ended: ended.promise,
        signal,
        async stop(graceMs = 5_000) {
          signal('SIGTERM')
          const timer = setTimeout(() => signal('SIGKILL'), graceMs)
          const end = await ended.promise
          clearTimeout(timer)
          return end
        },
      }
    },
    async close() {
      child.stdin.end()
      await guardEnded
    },
  }
}
