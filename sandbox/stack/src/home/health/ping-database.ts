import { type Connection, createConnection } from 'mysql2/promise'
import { parseDatabaseUrl } from '../../mysql/database-url.ts'

/** Asks a database server whether it answers, over one connection that is kept. */
export interface DatabasePing {
  /** @throws Error when it does not answer in time */
  ask(timeoutMs: number): Promise<void>
  close(): void
}

/**
 * A connection that is opened and dropped would tell as much, and leave a line in the server's log each time.
 *
 * @param url with user and password
 */
export function createDatabasePing(url: string): DatabasePing {
  let connection: Connection | undefined
  let closed = false
  const drop = () => {
    connection?.destroy()
    connection = undefined
  }
  return {
    async ask(timeoutMs) {
      let timer: NodeJS.Timeout | undefined
      const overdue = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error('does not answer')), timeoutMs)
      })
      try {
        await Promise.race([overdue, ping()])
      } catch (error) {
        drop()
        throw error
      } finally {
        clearTimeout(timer)
      }
    },
    close() {
      closed = true
      drop()
    },
  }

  async function ping(): Promise<void> {
    if (connection === undefined) {
      const address = parseDatabaseUrl(url)
      if (address === undefined) throw new Error('has no address that a database can have')
      const opened = await createConnection({ ...address.connection, connectTimeout: 2_000 })
      // A server that goes away while nobody asks must not end this process.
      opened.on('error', drop)
      if (closed) return opened.destroy()
      connection = opened
    }
    await connection.ping()
  }
}
