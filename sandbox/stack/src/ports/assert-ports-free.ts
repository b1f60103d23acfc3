import { connect, createServer } from 'node:net'
import { StackError } from '../errors.ts'
import { portOwner } from './port-owner.ts'

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has nobody listening there either.
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES')
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Whether somebody takes connections on a port of this machine, whatever address he listens on. */
export function isAnswered(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host })
    const answer = (value: boolean) => {
      socket.destroy()
      resolve(value)
    }
    // One that neither takes nor refuses is there.
    socket.setTimeout(1_000, () => answer(true))
    // A port that nobody has can be given to the very socket that asks for it.
    socket.once('connect', () => answer(socket.localPort !== port))
    socket.once('error', () => answer(false))
  })
}

/**
 * Whether nobody listens on a port, in either form of "this machine": `localhost` may mean both. To listen is not enough
 * of a trial: on a Mac one may listen on 127.0.0.1 beside a program that listens on every address, which then gets what a
 * browser sends to the other form of `localhost`.
 */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    if (!(await canListen(port, host)) || (await isAnswered(port, host))) return false
  }
  return true
}

/**
 * Checks all ports before anything is started.
 *
 * @param wanted what each port is for, for the message
 * @throws StackError `port-taken` naming every taken port and, where possible, who has it
 */
export async function assertPortsFree(wanted: readonly { port: number; purpose: string }[]): Promise<void> {
  const taken: string[] = []
  for (const { port, purpose } of wanted) {
    if (await isPortFree(port)) continue
    const owner = portOwner(port)
    const who = owner ? ` by process ${owner.pid} (${owner.command.slice(0, 100)})` : ''
    taken.push(`Port ${port}, needed for ${purpose}, is taken${who}.`)
  }
  if (taken.length === 0) return
  throw new StackError('port-taken', taken.join('\n'), {
    nextStep: 'Stop that program, or move the whole stack with `--port-base 19000` (any free hundred).',
  })
}
