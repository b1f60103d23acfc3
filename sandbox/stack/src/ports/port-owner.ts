import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface PortOwner {
  pid: number
  command: string
}

const LISTENING = '0A'

function listeningInodes(port: number): Set<string> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    let text: string
    try {
      text = readFileSync(table, 'utf8')
    } catch {
      continue
    }
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/)
      if (fields[1]?.endsWith(`:${wanted}`) && fields[3] === LISTENING && fields[9] !== undefined) {
        inodes.add(`socket:[${fields[9]}]`)
      }
    }
  }
  return inodes
}

function ownerOnLinux(port: number): PortOwner | undefined {
  const inodes = listeningInodes(port)
  if (inodes.size === 0) return undefined
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const handle of readdirSync(`/proc/${pid}/fd`)) {
        if (!inodes.has(readlinkSync(`/proc/${pid}/fd/${handle}`))) continue
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return { pid: Number(pid), command }
      }
    } catch {
      // Another user's process, or one that has just ended.
    }
  }
  return undefined
}

function ownerElsewhere(port: number): PortOwner | undefined {
  try {
    const options = { encoding: 'utf8', stdio: 'pipe' } as const
    const pid = Number(
      execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], options).split('\n')[0],
    )
    return { pid, command: execFileSync('ps', ['-o', 'command=', '-p', String(pid)], options).trim() }
  } catch {
    return undefined
  }
}

/** The process that listens on a port, as far as this user may know. */
export function portOwner(port: number): PortOwner | undefined {
  return process.platform === 'linux' ? ownerOnLinux(port) : ownerElsewhere(port)
}
