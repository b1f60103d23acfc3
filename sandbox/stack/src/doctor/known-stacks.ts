import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { lockOwner } from '../lock-file.ts'
import { localFolder, stackFolder } from '../paths.ts'
import { readStackInfo, stackLockFile } from '../stack-info.ts'
import { ancestry, type ListedProcess } from './process-table.ts'

export interface KnownStack {
  name: string
  state: 'up' | 'starting' | 'stopped'
  /** The process that runs it. */
  pid: number | undefined
  /** It was killed: its lock file is there, and nobody holds it. The next start takes it over. */
  staleLock: boolean
  /** When its folder last changed: when it was last started or stopped, or its logs were made. */
  changedAt: Date
  /** Processes that work on its data although nobody runs it. */
  leftBehind: ListedProcess[]
}

function worksOn(name: string, { command, folder }: ListedProcess): boolean {
  const data = stackFolder(name)
  return command.includes(`${data}${sep}`) || folder === data || folder?.startsWith(`${data}${sep}`) === true
}

/** Every stack that has ever been started in this checkout and not been deleted. */
export function knownStacks(table: readonly ListedProcess[]): KnownStack[] {
  if (!existsSync(localFolder)) return []
  return readdirSync(localFolder)
    .filter((name) => name !== 'test-db' && existsSync(join(stackFolder(name), 'secrets.json')))
    .sort()
    .map((name) => {
      const lockFile = stackLockFile(name)
      const owner = lockOwner(lockFile)
      const ownLine = new Set(ancestry(process.pid, table).map(({ pid }) => pid))
      return {
        name,
        state: owner === undefined ? 'stopped' : readStackInfo(name) === undefined ? 'starting' : 'up',
        pid: owner?.pid,
        changedAt: statSync(stackFolder(name)).mtime,
        staleLock: owner === undefined && existsSync(lockFile),
        leftBehind:
          owner === undefined ? table.filter((each) => !ownLine.has(each.pid) && worksOn(name, each)) : [],
      }
    })
}
