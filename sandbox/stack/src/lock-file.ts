import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts'

/** A lock that this process holds. */
export interface HeldLock {
  held: true
  release: () => void
}

export type LockResult = HeldLock | { held: false; owner: ProcessIdentity }

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>
    if (typeof owner.pid === 'number' && typeof owner.startTime === 'string') {
      return { pid: owner.pid, startTime: owner.startTime }
    }
  } catch {
    // No lock, or one that a crash left half-written: nobody holds it.
  }
  return undefined
}

/** Who holds a lock now, if that process still runs. */
export function lockOwner(file: string): ProcessIdentity | undefined {
  const owner = readOwner(file)
  return owner !== undefined && isRunning(owner) ? owner : undefined
}

/**
 * Takes a lock away whose owner was seen to be dead. By renaming, only one of several processes that see it does.
 *
 * @returns who has taken over the lock since it was looked at: it is put back then
 */
export function removeDeadLock(file: string): ProcessIdentity | undefined {
  const stale = `${file}.stale.${process.pid}`
  try {
    renameSync(file, stale)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const successor = lockOwner(stale)
    if (successor) linkSync(stale, file)
    return successor
  } finally {
    rmSync(stale, { force: true })
  }
}

/**
 * Takes a lock that names its owner by process number and start time. A lock whose owner has died, also by kill -9,
 * is taken over.
 */
export function takeLock(file: string): LockResult {
  mkdirSync(dirname(file), { recursive: true })
  const own = ownIdentity()
  const fresh = `${file}.${own.pid}`
  writeFileSync(fresh, `${JSON.stringify(own)}\n`, { mode: 0o600 })
  try {
    for (;;) {
      try {
        // Unlike a write, a link appears complete or not at all.
        linkSync(fresh, file)
        return {
          held: true,
          release() {
            const owner = readOwner(file)
            if (owner?.pid === own.pid && owner.startTime === own.startTime) rmSync(file, { force: true })
          },
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const owner = lockOwner(file)
      if (owner) return { held: false, owner }
      const successor = removeDeadLock(file)
      if (successor) return { held: false, owner: successor }
    }
  } finally {
    rmSync(fresh, { force: true })
  }
}
