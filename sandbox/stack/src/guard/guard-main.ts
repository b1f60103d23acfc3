/**
 * The guard: a small process that starts all others on behalf of a supervisor, each in a process group of its own, and
 * ends them when the supervisor is gone, however it went. The supervisor holds the guard's standard input open; when
 * it dies, even by kill -9, the system closes that pipe, and that is the signal.
 *
 * Protocol: one JSON object a line, requests on standard input, answers on standard output (types in guard.ts).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { GuardAnswer, GuardRequest } from './guard.ts'

const GRACE_MS = 2_500
const GROUP_PATIENCE_MS = 1_000
const children = new Map<number, ChildProcess>()
let closing = false

function answer(message: GuardAnswer) {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The whole group has ended already.
  }
}

function groupIsGone(child: ChildProcess): boolean {
  if (child.pid === undefined) return true
  try {
    process.kill(-child.pid, 0)
    return false
  } catch {
    return true
  }
}

/**
 * A killed process is gone only when the system comes to it, on a busy machine a moment later: who is told of the end
 * may count on it. Bounded, since where nobody collects orphans they stay in their group for ever.
 */
function whenGroupIsGone(child: ChildProcess, then: () => void) {
  const deadline = performance.now() + GROUP_PATIENCE_MS
  const ask = () => {
    if (groupIsGone(child) || performance.now() > deadline) then()
    else setTimeout(ask, 10)
  }
  ask()
}

function start(request: Extract<GuardRequest, { type: 'spawn' }>) {
  const { id, command, args, cwd, env, logFile, inputFile } = request
  let input: number | undefined
  let log: number | undefined
  try {
    input = inputFile === undefined ? undefined : openSync(inputFile, 'r')
    log = logFile === undefined ? undefined : openSync(logFile, 'a', 0o600)
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      // The guard's own standard output belongs to its protocol.
      stdio: [input ?? 'ignore', log ?? 2, log ?? 2],
    })
    children.set(id, child)
    child.once('spawn', () => answer({ type: 'spawned', id, pid: child.pid ?? 0 }))
    child.once('error', (error) => {
      children.delete(id)
      answer({ type: 'failed', id, message: error.message })
    })
    child.once('exit', (code, signal) => {
      // Whoever the process started and left behind shares its group and must not outlive it.
      signalGroup(child, 'SIGKILL')
      whenGroupIsGone(child, () => {
        children.delete(id)
        answer({ type: 'exited', id, code, signal })
        if (closing && children.size === 0) process.exit(0)
      })
    })
  } catch (error) {
    answer({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  } finally {
    if (input !== undefined) closeSync(input)
    if (log !== undefined) closeSync(log)
  }
}

function close() {
  if (closing) return
  closing = true
  if (children.size === 0) process.exit(0)
  for (const child of children.values()) {
    signalGroup(child, 'SIGTERM')
    // A process that a person has paused hears of it only when it goes on: a database then shuts down in order.
    signalGroup(child, 'SIGCONT')
  }
  setTimeout(() => {
    for (const child of children.values()) signalGroup(child, 'SIGKILL')
  }, GRACE_MS)
  setTimeout(() => process.exit(0), GRACE_MS + 1_000)
}

// The supervisor may be gone while an answer is on its way; closing follows from the end of the input.
process.stdout.on('error', () => undefined)
// A guard outlives the Ctrl-C that its supervisor handles; only a direct order or the end of the input closes it.
process.on('SIGINT', () => undefined)
process.on('SIGHUP', () => undefined)
process.on('SIGTERM', close)

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const request = JSON.parse(line) as GuardRequest
    if (request.type === 'spawn' && !closing) start(request)
    if (request.type === 'signal') {
      const child = children.get(request.id)
      if (child) signalGroup(child, request.signal)
    }
  })
  .on('close', close)
