import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** When a process started; a later process with the same number has another answer. */
export function startTime(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    }
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() ||
      undefined
    )
  } catch {
    return undefined
  }
}

function liveOwner(file) {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8'))
    return startTime(owner.pid) === owner.startTime ? owner.pid : undefined
  } catch {
    return undefined
  }
}

/**
 * Takes a lock file, waiting while another live process holds it; a lock left by one that was killed is taken over.
 *
 * @param {string} file
 * @param {(pid: number) => void} onWait called once, before waiting
 * @returns {Promise<() => void>} releases the lock
 */
export async function takeLock(file, onWait) {
  mkdirSync(dirname(file), { recursive: true })
  const own = `${file}.${process.pid}`
  writeFileSync(own, JSON.stringify({ pid: process.pid, startTime: startTime(process.pid) }))
  let waiting = false
  try {
    for (;;) {
      try {
        // A link appears complete or not at all.
        linkSync(own, file)
        const release = () => rmSync(file, { force: true })
        process.once('exit', release)
        return () => {
          process.removeListener('exit', release)
          release()
        }
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      const owner = liveOwner(file)
      if (owner === undefined) {
        try {
          renameSync(file, `${own}.stale`)
          rmSync(`${own}.stale`, { force: true })
        } catch (error) {
          if (error.code !== 'ENOENT') throw error
        }
        continue
      }
      if (!waiting) {
        waiting = true
        onWait(owner)
      }
      await delay(250)
    }
  } finally {
    rmSync(own, { force: true })
  }
}
