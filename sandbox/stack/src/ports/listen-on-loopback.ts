import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StackError } from '../errors.ts'

/**
 * Has a server take connections on 127.0.0.1, and on nothing else.
 *
 * @param port 0 for any free one
 * @param whenTaken what a person can do about a taken port
 * @returns the port, and how to close the server at once, with whoever is connected
 * @throws StackError `port-taken` if `whenTaken` is given, else the system's own error
 */
export async function listenOnLoopback(
  server: Server,
  port: number,
  { whenTaken }: { whenTaken?: string } = {},
): Promise<{ port: number; close(): Promise<void> }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' && whenTaken !== undefined
          ? new StackError('port-taken', `Port ${port} is taken.`, { nextStep: whenTaken })
          : error,
      )
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
