import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { processStartTime } from '../process-identity.ts'

export interface MarkedProcess {
  pid: number
  command: string
}

function markedOnLinux(mark: string): MarkedProcess[] {
  const found: MarkedProcess[] = []
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      if (!variables.includes(mark) || processStartTime(Number(pid)) === undefined) continue
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      found.push({ pid: Number(pid), command })
    } catch {
      // Another user's process, or one that has just ended.
    }
  }
  return found
}

function markedElsewhere(mark: string): MarkedProcess[] {
  // BSD's `ps -E` appends the environment, as far as this user may see it.
  const out = execFileSync('ps', ['-axwwE', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 << 20 })
  return out.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? []
    return pid !== undefined && command?.split(' ').includes(mark) ? [{ pid: Number(pid), command }] : []
  })
}

/**
 * Every living process that has a variable with this very value in its environment: a mark that is inherited, which a
 * name is not, and that no process of another test has.
 */
export function markedProcesses(variable: string, value: string): MarkedProcess[] {
  const mark = `${variable}=${value}`
  const found = process.platform === 'linux' ? markedOnLinux(mark) : markedElsewhere(mark)
  return found.filter(({ pid }) => pid !== process.pid)
}
