import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createDatabasePing } from './ping-database.ts'

it('asks a database that wants TLS, and takes no other address for one', async () => {
  const asked = Promise.withResolvers<true>()
  const server = createServer((socket) => {
    socket.destroy()
    asked.resolve(true)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as { port: number }
  const ping = createDatabasePing(`mysql://me:pw@127.0.0.1:${port}/shop?ssl=true`)
  await expect(ping.ask(5_000)).rejects.toThrow()
  await expect(asked.promise).resolves.toBe(true)
  await expect(createDatabasePing('mysql://me:50%off@db.test/shop').ask(5_000)).rejects.toThrow('no address')
})
