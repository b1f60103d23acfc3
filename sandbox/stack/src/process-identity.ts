import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process that can be told apart from a later one with the same number. */
export interface ProcessIdentity {
  pid: number
  /** When it started, in whatever unit the system tells: only good for comparing. */
  startTime: string
}

/**
 * When a process started, or undefined when there is none. A process that has ended but was not collected by its
 * parent yet (a zombie) counts as ended.
 */
export function processStartTime(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The second field is the program's name in parentheses and may itself hold spaces: count from its end.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  return startTimeByPs(pid)
}

/** The same where there is no /proc, as on a Mac. */
export function startTimeByPs(pid: number): string | undefined {
  try {
    const out = execFileSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
      // Written in the language and time zone of whoever asks: two terminals would take each other's processes for dead.
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    })
    const [, state, startTime] = /^\s*(\S+)\s+(.*\S)/.exec(out) ?? []
    return state?.startsWith('Z') ? undefined : startTime
  } catch {
    return undefined
  }
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTime: processStartTime(process.pid) ?? 'unknown' }
}

/** Whether this very process, not just one with its number, still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return processStartTime(identity.pid) === identity.startTime
}
