import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { startTime } from './lock.mjs'

/** Signals a program and everything it started. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // All of it has ended already.
  }
}

/**
 * Ends the program that an earlier run left working when it was killed: two installers in one folder would ruin it.
 *
 * @param {string} pidFile
 */
export function endLeftover(pidFile) {
  try {
    const { pid, startTime: since } = JSON.parse(readFileSync(pidFile, 'utf8'))
    if (startTime(pid) === since) signalGroup(pid, 'SIGKILL')
  } catch {
    // Nothing was left.
  }
  rmSync(pidFile, { force: true })
}

/**
 * Runs a program to its end, with its output in a log file. Ctrl-C and termination reach it: nothing is left running.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, logFile: string, pidFile: string, onLine?: (line: string) => void }} options
 * @returns {Promise<{ code: number | null, lastLines: string[] }>}
 */
export function runLogged(command, args, { cwd, env, logFile, pidFile, onLine }) {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile, { flags: 'a' })
  log.write(`\n$ ${command} ${args.join(' ')}  (${new Date().toISOString()})\n`)
  return new Promise((resolve, reject) => {
    // A process group of its own, so that all of it can be ended.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    if (child.pid !== undefined) {
      writeFileSync(pidFile, JSON.stringify({ pid: child.pid, startTime: startTime(child.pid) }))
    }
    const stop = (signal) => {
      if (child.pid !== undefined) signalGroup(child.pid, signal)
      // Without this the exit code would say that all is well; the unfinished step is repeated by the next run.
      process.exitCode = 130
      child.once('close', () => process.exit(130))
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.once(signal, stop)
    const lastLines = []
    let rest = ''
    const read = (chunk) => {
      log.write(chunk)
      const lines = (rest + chunk.toString('utf8')).split(/\r?\n|\r/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.trim() === '') continue
        lastLines.push(line)
        if (lastLines.length > 15) lastLines.shift()
        onLine?.(line)
      }
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('close', (code) => {
      for (const signal of signals) process.removeListener(signal, stop)
      rmSync(pidFile, { force: true })
      log.end()
      resolve({ code, lastLines })
    })
  })
}
