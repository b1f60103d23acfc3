import { createServer } from 'node:net'
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

/** Whether nobody listens on a port, in either form of "this machine": `localhost` may mean both. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))
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
