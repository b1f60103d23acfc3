import { type Connection, createConnection, createPool, type Pool } from 'mysql2/promise'
import { readDatabaseUrl } from './database-url'

const POOL_SIZE = 10

/** One connection in UTC, for scripts. */
export async function connect(databaseUrl: string): Promise<Connection> {
	const connection = await createConnection({ ...readDatabaseUrl(databaseUrl), timezone: 'Z' })
	await connection.query("SET time_zone = '+00:00'")
	return connection
}

/**
 * A pool whose sessions are in UTC. Drizzle writes dates as UTC text: on a session in another zone every stored
 * TIMESTAMP would be a wrong instant, although the round trip looks right.
 */
export function createDatabasePool(databaseUrl: string, connectionLimit = POOL_SIZE): Pool {
	const pool = createPool({
		...readDatabaseUrl(databaseUrl),
		timezone: 'Z',
		connectionLimit,
		enableKeepAlive: true,
	})
	// Runs on the new connection before anything that was waiting for it.
	pool.on('connection', (connection) => {
		connection.query("SET time_zone = '+00:00'")
	})
	return pool
}
