import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOwnDatabase, type OwnDatabase } from '../../tests/setup/own-database'
import { connect } from './connect'
import { runMigrations } from './run-migrations'

let database: OwnDatabase
let connection: Connection
let folder: string

beforeAll(async () => {
	database = await createOwnDatabase({ migrated: false })
	connection = database.connection
})
afterAll(() => database.drop())
beforeEach(async () => {
	await connection.query('DROP TABLE IF EXISTS AI_Migration, a, b')
	folder = await mkdtemp(join(tmpdir(), 'ah-migrations-'))
	return () => rm(folder, { recursive: true })
})

const write = (name: string, sql: string) => writeFile(join(folder, name), sql)
const first = '20260101_ai_hero_first.sql'
const second = '20260102_ai_hero_second.sql'

describe('runMigrations', () => {
	it('applies the files in the order of their names, and each of them once', async () => {
		await write(second, 'ALTER TABLE a ADD COLUMN second int;\n')
		await write(first, '-- a table;\nCREATE TABLE IF NOT EXISTS a (id int);\nINSERT INTO a VALUES (1);\n')

		expect(await runMigrations(connection, folder)).toEqual({ applied: [first, second], alreadyApplied: [] })
		expect(await runMigrations(connection, folder)).toEqual({ applied: [], alreadyApplied: [first, second] })
		const [rows] = await connection.query<RowDataPacket[]>('SELECT * FROM a')
		expect(rows).toEqual([{ id: 1, second: null }])
	})

	it('refuses a file that was changed after it was applied', async () => {
		await write(first, 'CREATE TABLE a (id int);\n')
		await runMigrations(connection, folder)
		await write(first, 'CREATE TABLE a (id bigint);\n')
		await expect(runMigrations(connection, folder)).rejects.toThrow(/was changed after it was applied/)
	})

	it('refuses to go on when an applied file is gone', async () => {
		await write(first, 'CREATE TABLE a (id int);\n')
		await runMigrations(connection, folder)
		await rm(join(folder, first))
		await expect(runMigrations(connection, folder)).rejects.toThrow(/its file is gone/)
	})

	it('names the file and the statement that failed, and does not record it', async () => {
		await write(first, 'CREATE TABLE a (id int);\nALTER TABLE nowhere ADD COLUMN x int;\n')
		await expect(runMigrations(connection, folder)).rejects.toThrow(
			/first\.sql failed at "ALTER TABLE nowhere/,
		)
		const [rows] = await connection.query<RowDataPacket[]>('SELECT * FROM AI_Migration')
		expect(rows).toEqual([])
	})

	it('runs a file that was stopped half-way again', async () => {
		await write(first, 'CREATE TABLE IF NOT EXISTS a (id int);\nCREATE TABLE IF NOT EXISTS b (id int);\n')
		await connection.query('CREATE TABLE a (id int)')
		expect((await runMigrations(connection, folder)).applied).toEqual([first])
	})

	it('refuses a file whose name says neither when nor what', async () => {
		await write('fix.sql', 'SELECT 1;\n')
		await expect(runMigrations(connection, folder)).rejects.toThrow(/Rename it/)
	})

	it('lets one of several processes work', async () => {
		await write(first, 'CREATE TABLE a (id int);\n')
		const connections = await Promise.all([1, 2, 3].map(() => connect(database.url)))
		const runs = await Promise.all(connections.map((one) => runMigrations(one, folder)))
		await Promise.all(connections.map((one) => one.end()))
		expect(runs.flatMap((run) => run.applied)).toEqual([first])
	})
})
