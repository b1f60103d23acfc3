import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { portsOf, type StackPorts } from '../../ports/ports-of.ts'

/**
 * What stands behind the published port of an Inngest container: it answers that it is well.
 *
 * @returns a stack's ports with that one; the server is gone when the running test has finished
 */
export async function healthyServer(): Promise<StackPorts> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/health' ? 200 : 404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  return { ...portsOf(12_000), 'inngest-tt': address.port }
}
