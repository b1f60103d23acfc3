import { sql } from 'drizzle-orm'
import type { RowDataPacket } from 'mysql2/promise'
import { afterAll, describe, expect, it } from 'vitest'
import { createContext } from '../../tests/setup/create-context'
import { connect, createDatabasePool } from './connect'

const databaseUrl = process.env.AH_TEST_DATABASE_URL ?? ''
const pool = createDatabasePool(databaseUrl, 3)
afterAll(() => pool.end())

describe('the pool', () => {
	it('keeps every session in UTC, whatever the server’s zone is', async () => {
		const zones = await Promise.all(
			[1, 2, 3].map(async () => {
				const [rows] = await pool.query<RowDataPacket[]>('SELECT @@session.time_zone AS zone, SLEEP(0.05)')
				return rows[0]?.zone
			}),
		)
		expect(zones).toEqual(['+00:00', '+00:00', '+00:00'])
	})

	it('goes on after the server has closed all its connections', async () => {
		const { context, close } = createContext({ databaseUrl, connections: 2 })
		const idOf = async () => {
			const [rows] = await context.transact((tx) =>
				tx.execute(sql`SELECT CONNECTION_ID() AS id, SLEEP(0.05)`),
			)
			return (rows as unknown as { id: number }[])[0]?.id
		}
		for (let round = 0; round < 3; round += 1) {
			const ids = new Set(await Promise.all([idOf(), idOf()]))
			const admin = await connect(databaseUrl)
			for (const id of ids) await admin.query('KILL ?', [id])
			await admin.end()
			// Work that was given a dead connection may fail, as it would in the app; the next attempt gets a live one.
			await Promise.allSettled([idOf(), idOf()])
		}
		expect(await idOf()).toBeTypeOf('number')
		await close()
	})
})

describe('a database that is asked for with ?ssl=true', () => {
	it('is not talked to without TLS and a certificate that can be checked', async () => {
		// The tests' server has none that anybody has signed.
		const plain = process.env.AH_TEST_DATABASE_URL ?? ''
		await expect(connect(`${plain}?ssl=true`)).rejects.toThrow(/secure connection|SSL|TLS|certificate/i)
		const pool = createDatabasePool(`${plain}?ssl=true`, 1)
		await expect(pool.query('SELECT 1')).rejects.toThrow()
		await pool.end()
		await (await connect(plain)).end()
	})
})
