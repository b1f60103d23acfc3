import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface ListedProcess {
  pid: number
  parentPid: number
  command: string
  /** Where it works, as far as this system tells. */
  folder: string | undefined
}

function listOnLinux(): ListedProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [state, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state === 'Z') return []
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      let folder: string | undefined
      try {
        folder = readlinkSync(`/proc/${name}/cwd`)
      } catch {
        // Another user's.
      }
      return [{ pid: Number(name), parentPid: Number(parentPid), command, folder }]
    } catch {
      // It has just ended.
      return []
    }
  })
}

function listElsewhere(): ListedProcess[] {
  const options = { encoding: 'utf8', maxBuffer: 16 << 20 } as const
  return execFileSync('ps', ['-axwwo', 'pid=,ppid=,command='], options)
    .split('\n')
    .flatMap((line) => {
      const [, pid, parentPid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
      if (command === undefined) return []
      return [{ pid: Number(pid), parentPid: Number(parentPid), command, folder: undefined }]
    })
}

/** Every process that this user may see. */
export function listProcesses(): ListedProcess[] {
  return process.platform === 'linux' ? listOnLinux() : listElsewhere()
}

/** A process and those that started it, nearest first. */
export function ancestry(pid: number, table: readonly ListedProcess[]): ListedProcess[] {
  const line: ListedProcess[] = []
  for (let next = table.find((each) => each.pid === pid); next !== undefined; ) {
    line.push(next)
    const { parentPid } = next
    if (line.some((each) => each.pid === parentPid)) break
    next = table.find((each) => each.pid === parentPid)
  }
  return line
}
