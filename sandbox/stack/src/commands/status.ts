import { connect } from 'node:net'
import { lockOwner } from '../lock-file.ts'
import { pickOfPart } from '../picking/picked-parts.ts'
import type { PartName } from '../ports/ports-of.ts'
import { isSiteHost } from '../site-hosts.ts'
import { readStackInfo, type StackInfo, stackLockFile } from '../stack-info.ts'
import { pickLines } from '../terminal/pick-lines.ts'
import { styled } from '../terminal/style.ts'

export interface StackStatus {
  name: string
  state: 'up' | 'starting' | 'down'
  pid?: number
  /** Whether each address takes connections right now. */
  parts: { name: string; url: string; answers: boolean }[]
  info?: StackInfo
}

/** A given database's address may leave it out. */
const DEFAULT_MYSQL_PORT = 3306

/** Whether somebody takes connections at an address; an IPv6 one stands in brackets there. */
export function takesConnections(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  // Every name of this machine that a stack can have: see site-hosts.ts.
  const host = isSiteHost(hostname) ? '127.0.0.1' : hostname.replace(/^\[(.*)\]$/, '$1')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || DEFAULT_MYSQL_PORT) })
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
  const all: [PartName | 'home', string | undefined][] = [
    ['home', info.home?.url],
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
  // The apps are asked for in any case: `npm run dev` starts them beside a stack that has none.
  const isHere = (part: PartName | 'home') =>
    part === 'home' || part === 'tt' || part === 'ah' || info.parts.includes(part)
  const addresses = all.flatMap(([part, url]): [string, string][] =>
    url === undefined || !isHere(part) ? [] : [[part, url]],
  )
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
  const picks = status.info?.picks ?? {}
  for (const { name, url, answers } of status.parts) {
    const what = name === 'home' ? undefined : pickOfPart(name as PartName, picks)?.what
    const light = answers ? styled('green', '●') : styled('red', '○')
    console.log(`  ${light} ${name.padEnd(12)} ${url.padEnd(28)} ${styled('dim', what ?? '')}`.trimEnd())
  }
  for (const part of status.info?.parts ?? []) {
    if (!part.startsWith('stripe-listen')) continue
    console.log(
      `  – ${part}  ${styled('dim', `listens on no port; see .local/${status.name}/logs/${part}.log`)}`,
    )
  }
  for (const line of pickLines(picks)) console.log(styled('dim', `    ${line}`))
}
