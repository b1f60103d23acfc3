import { type Connection, createServer } from 'mysql2'
import { onTestFinished } from 'vitest'
import { freePort } from '../../ports/free-port.ts'

/** All that a client may ask for, but not to compress what it says. */
const CAPABILITIES = 0xff_ff_ff & ~0x20
const ACCESS_DENIED = 1045
const COLUMN = {
  catalog: 'def',
  schema: '',
  table: '',
  orgTable: '',
  name: 'version',
  orgName: '',
  characterSet: 33,
  columnLength: 384,
  columnType: 253,
  flags: 0,
  decimals: 0,
}

/**
 * What stands behind the published port of a database's container: a double of MySQL that lets users in or not, and
 * answers every query with its version.
 *
 * @param letsIn asked for each connection
 * @returns the port; the server is gone when the running test has finished
 */
export async function fakeMysqlServer(letsIn: () => boolean): Promise<number> {
  const port = await freePort()
  let connections = 0
  const server = createServer((base) => {
    const connection = base as Connection
    connections += 1
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.4.10',
      connectionId: connections,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: CAPABILITIES,
      authCallback: (
        _given: unknown,
        answer: (error: null, refusal?: { message: string; code: number }) => void,
      ) => (letsIn() ? answer(null) : answer(null, { message: 'Access denied', code: ACCESS_DENIED })),
    })
    connection.on('query', () => connection.writeTextResult([{ version: '8.4.10' }], [COLUMN]))
    connection.on('quit', () => connection.end())
    // A client that leaves early is its own affair.
    connection.on('error', () => undefined)
  })
  server.listen(port)
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return port
}
