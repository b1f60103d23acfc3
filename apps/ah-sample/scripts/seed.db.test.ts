import { ahCourses } from '@sandbox/stack/catalogue'
import { linkedBuyer, persona, personas } from '@sandbox/stack/personas'
import { drizzle } from 'drizzle-orm/mysql2'
import type { RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabasePool } from '../src/db/connect'
import { createOwnDatabase, type OwnDatabase } from '../tests/setup/own-database'
import { seedCatalogue } from './seed/seed-catalogue'
import { seedLinkedBuyers } from './seed/seed-linked-buyers'
import { seedPersonas } from './seed/seed-personas'

let database: OwnDatabase
let pool: ReturnType<typeof createDatabasePool>
beforeAll(async () => {
	database = await createOwnDatabase({ migrated: true })
	pool = createDatabasePool(database.url, 4)
})
afterAll(async () => {
	await pool.end()
	await database.drop()
})

async function rowCounts(): Promise<Record<string, number>> {
	const [tables] = await database.connection.query<RowDataPacket[]>(
		'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
	)
	const counts: Record<string, number> = {}
	for (const { name } of tables) {
		const [rows] = await database.connection.query<RowDataPacket[]>(
			`SELECT COUNT(*) AS count FROM \`${name}\``,
		)
		counts[String(name)] = Number(rows[0]?.count)
	}
	return counts
}

describe('the seed', () => {
	it('writes the same whether it runs once or again', async () => {
		const db = drizzle({ client: pool })
		const seed = async () => {
			await seedCatalogue(db)
			await seedPersonas(db)
			await seedLinkedBuyers(db, { runId: 'run', count: 3 })
		}
		await seed()
		const once = await rowCounts()
		await seed()
		expect(await rowCounts()).toEqual(once)
		expect(once).toMatchObject({
			AI_Product: ahCourses.length,
			AI_User: personas.length + 3,
			// A link that has ended is a row too.
			AI_AccountLink: personas.filter(({ link }) => link !== 'never').length + 3,
		})
	})

	it('links those who are linked, with instants in UTC', async () => {
		const [rows] = await database.connection.query<RowDataPacket[]>(
			"SELECT linkedUserId, userId, linkRevision, DATE_FORMAT(linkedAt, '%Y-%m-%dT%H:%i:%s') AS linkedAt FROM AI_AccountLink WHERE linkedUserId IN (?, ?) ORDER BY linkedUserId",
			[persona.ada.tt.userId, linkedBuyer('run', 2).ttUserId],
		)
		expect(rows).toEqual([
			{
				linkedUserId: persona.ada.tt.userId,
				userId: persona.ada.ah.userId,
				linkRevision: 1,
				linkedAt: '2026-01-05T09:00:00',
			},
			{
				linkedUserId: linkedBuyer('run', 2).ttUserId,
				userId: linkedBuyer('run', 2).ahUserId,
				linkRevision: 1,
				linkedAt: '2026-01-05T09:00:00',
			},
		])
	})
})
