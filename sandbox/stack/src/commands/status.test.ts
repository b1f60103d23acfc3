import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../ports/free-port.ts'
import { takesConnections } from './status.ts'

it('sees who answers at an IPv6 address, as a given database can have', async () => {
  const port = await freePort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '::1', resolve))
  onTestFinished(() => void server.close())
  expect(await takesConnections(`mysql://[::1]:${port}/shop`)).toBe(true)
  // The control: nobody is at the other one.
  expect(await takesConnections(`mysql://127.0.0.1:${port}/shop`)).toBe(false)
})
