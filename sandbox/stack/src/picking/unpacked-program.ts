import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Longer than fetching anything takes. */
const STALE_AFTER_MS = 60 * 60_000

/**
 * Puts a folder with a fetched program in its place. A copy that another process has put there in the meantime is as good,
 * and may be in use: it stays.
 *
 * @param isGood whether the program in the place works
 */
export function putInPlace(fetched: string, place: string, isGood: () => boolean): void {
  try {
    renameSync(fetched, place)
  } catch {
    if (isGood()) return
    rmSync(place, { recursive: true, force: true })
    renameSync(fetched, place)
  }
}

/**
 * Deletes the folders beside a place, or in it, in which a process worked that was killed.
 *
 * @param prefix path and beginning of the name of all such folders
 */
export function removeStaleWork(prefix: string, now = Date.now()): void {
  const folder = dirname(prefix)
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(basename(prefix))) continue
    const path = join(folder, name)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: now }
    if (now - mtimeMs > STALE_AFTER_MS) rmSync(path, { recursive: true, force: true })
  }
}
