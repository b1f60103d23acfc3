import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Fault } from './faults.ts'
import { startFaultProxy } from './start-fault-proxy.ts'
import { send } from './testing/send.ts'
import { closeAfterTest, resetCode, startBoth } from './testing/test-proxy.ts'

/** A target that answers every request with these very bytes. */
async function startRawTarget(answer: string): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(answer, 'latin1'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeAfterTest({
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Sends these very bytes and reads until the connection ends. */
function sendRaw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(request, 'latin1'))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(text))
  })
}

const relayedBy: [string, Fault | null][] = [
  ['as it is', null],
  ['late', { kind: 'delay', delayMs: 1 }],
  ['twice', { kind: 'duplicate' }],
  ['cut', { kind: 'cutResponse' }],
]

// An uncaught error here would end the whole stack: Vitest counts it as a failure of this file.
describe('an answer that can’t be relayed breaks its own connection and nothing else', () => {
  it.each(relayedBy)('with a status below 100, relayed %s', async (_, fault) => {
    const target = await startRawTarget('HTTP/1.1 099 Low\r\nContent-Length: 4\r\n\r\nbody')
    const proxy = closeAfterTest(await startFaultProxy({ target }))
    proxy.setFault(fault)
    await expect(send(`${proxy.url}/`)).rejects.toEqual(resetCode)
    await expect(send(`${proxy.url}/again`)).rejects.toEqual(resetCode)
  })

  it.each(relayedBy)('with a control character in its reason, relayed %s', async (_, fault) => {
    const target = await startRawTarget('HTTP/1.1 200 O\u0001K\r\nContent-Length: 4\r\n\r\nbody')
    const proxy = closeAfterTest(await startFaultProxy({ target }))
    proxy.setFault(fault)
    await expect(send(`${proxy.url}/`)).rejects.toEqual(resetCode)
  })
})

describe('a request with a Trailer header', () => {
  it('passes, without the trailers that it announces', async () => {
    const { proxy, target } = await startBoth()
    const answer = await sendRaw(
      proxy.port,
      'POST /trailers HTTP/1.1\r\nHost: x\r\nTrailer: x-sum\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 201 /)
    expect(target.served).toEqual(['/trailers'])
  })
})
