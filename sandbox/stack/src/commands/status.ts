import { connect } from 'node:net'
import { lockOwner } from '../lock-file.ts'
import { isSiteHost } from '../site-hosts.ts'
import { readStackInfo, type StackInfo, stackLockFile } from '../stack-info.ts'
import { styled } from '../terminal/style.ts'

export interface StackStatus {
  name: string
  state: 'up' | 'starting' | 'down'
  pid?: number
  /** Whether each address takes connections right now. */
  parts: { name: string; url: string; answers: boolean }[]
  info?: StackInfo
}

function takesConnections(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  // Every name of this machine that a stack can have: see site-hosts.ts.
  const host = isSiteHost(hostname) ? '127.0.0.1' : hostname
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) })
    const answer = (value: boolean) => {
      socket.destroy()
      resolve(value)
    }
    socket.setTimeout(2_000, () => answer(false))
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}

/** What is to be known about the stack of a name. */
export async function stackStatus(name: string): Promise<StackStatus> {
  const owner = lockOwner(stackLockFile(name))
  if (owner === undefined) return { name, state: 'down', parts: [] }
  const info = readStackInfo(name)
  if (info === undefined) return { name, state: 'starting', pid: owner.pid, parts: [] }
  const addresses: [string, string][] = [
    ['tt', info.tt.url],
    ['ah', info.ah.url],
    ['mysql-tt', info.tt.databaseUrl],
    ['mysql-ah', info.ah.databaseUrl],
    ['inngest-tt', info.tt.inngestUrl],
    ['inngest-ah', info.ah.inngestUrl],
    ['stripe', info.stripe.url],
    ['github', info.github.url],
    ['inbox', info.inbox.url],
    ['discord', info.discord.url],
  ]
  const parts = await Promise.all(
    addresses.map(async ([part, url]) => {
      const where = new URL(url)
      return { name: part, url: `${where.protocol}//${where.host}`, answers: await takesConnections(url) }
    }),
  )
  return { name, state: 'up', pid: owner.pid, parts, info }
}

/** Prints a status for people. */
export function printStatus(status: StackStatus): void {
  if (status.state === 'down') {
    console.log(`The stack "${status.name}" is not running.`)
    return
  }
  console.log(`The stack "${status.name}" is ${status.state} (process ${status.pid}).`)
  for (const { name, url, answers } of status.parts) {
    console.log(`  ${answers ? styled('green', '●') : styled('red', '○')} ${name.padEnd(12)} ${url}`)
  }
}
