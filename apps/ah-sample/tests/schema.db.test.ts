import { getTableName, is } from 'drizzle-orm'
import { getTableConfig, MySqlTable } from 'drizzle-orm/mysql-core'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hostTables from '../src/cross-app/host-tables'
import * as crossAppSchema from '../src/cross-app/schema'
import * as schema from '../src/db/schema'
import { createOwnDatabase, type OwnDatabase } from './setup/own-database'

/** A database of its own: one test here drops a column. */
let database: OwnDatabase
let connection: Connection
beforeAll(async () => {
	database = await createOwnDatabase({ migrated: true })
	connection = database.connection
})
afterAll(() => database.drop())

const tablesOf = (module: Record<string, unknown>): MySqlTable[] =>
	Object.values(module).filter((value): value is MySqlTable => is(value, MySqlTable))
const ownTables = [...tablesOf(schema), ...tablesOf(crossAppSchema)]

type Column = { name: string; type: string; nullable: boolean; primary: boolean }

/** MariaDB has no JSON type of its own, and MySQL drops display widths. */
function plainType(type: string): string {
	const lower = type.toLowerCase().replace(/\s+/g, '')
	if (lower === 'longtext') return 'json'
	if (lower === 'boolean' || lower === 'tinyint(1)') return 'boolean'
	if (lower.startsWith('int(')) return 'int'
	return lower
}

function declaredColumns(table: MySqlTable): Column[] {
	const { columns, primaryKeys } = getTableConfig(table)
	const composite = primaryKeys.flatMap((key) => key.columns.map((column) => column.name))
	return columns
		.map((column) => ({
			name: column.name,
			type: plainType(column.getSQLType()),
			nullable: !column.notNull,
			primary: column.primary || composite.includes(column.name),
		}))
		.sort(byName)
}

async function liveColumns(tableName: string): Promise<Column[]> {
	const [rows] = await connection.query<RowDataPacket[]>(
		'SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_KEY AS columnKey FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?',
		[tableName],
	)
	return rows
		.map((row) => ({
			name: String(row.name),
			type: plainType(String(row.type)),
			nullable: row.nullable === 'YES',
			primary: row.columnKey === 'PRI',
		}))
		.sort(byName)
}

const byName = (left: { name: string }, right: { name: string }) => (left.name < right.name ? -1 : 1)

type Key = { name: string; unique: boolean; columns: string[] }

function declaredKeys(table: MySqlTable): Key[] {
	const { indexes, uniqueConstraints } = getTableConfig(table)
	return [
		...uniqueConstraints.map((constraint) => ({
			name: constraint.name ?? '',
			unique: true,
			columns: constraint.columns.map((column) => column.name),
		})),
		...indexes.map(({ config }) => ({
			name: config.name,
			unique: config.unique ?? false,
			columns: config.columns.map((column) => ('name' in column ? String(column.name) : '')),
		})),
	].sort(byName)
}

async function liveKeys(tableName: string): Promise<Key[]> {
	const [rows] = await connection.query<RowDataPacket[]>(
		"SELECT INDEX_NAME AS name, NON_UNIQUE AS nonUnique, GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS columnNames FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND INDEX_NAME <> 'PRIMARY' GROUP BY INDEX_NAME, NON_UNIQUE",
		[tableName],
	)
	return rows
		.map((row) => ({
			name: String(row.name),
			unique: Number(row.nonUnique) === 0,
			columns: String(row.columnNames).split(','),
		}))
		.sort(byName)
}

describe('the Drizzle schema and the live database agree', () => {
	it('on which tables there are', async () => {
		const [rows] = await connection.query<RowDataPacket[]>(
			"SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> 'AI_Migration'",
		)
		expect(rows.map((row) => String(row.name)).sort()).toEqual(ownTables.map(getTableName).sort())
	})

	it.each(ownTables.map((table) => [getTableName(table), table] as const))(
		'on the columns of %s: names, types, nullability, primary key',
		async (name, table) => {
			expect(await liveColumns(name)).toEqual(declaredColumns(table))
		},
	)

	it.each(ownTables.map((table) => [getTableName(table), table] as const))(
		'on the keys of %s',
		async (name, table) => {
			expect(await liveKeys(name)).toEqual(declaredKeys(table))
		},
	)

	it.each(tablesOf(hostTables).map((table) => [getTableName(table), table] as const))(
		'on the part of %s that the copied folder declares for itself',
		async (name, table) => {
			expect(await liveColumns(name)).toEqual(expect.arrayContaining(declaredColumns(table)))
		},
	)

	it('on comparing ids, keys and emails of the new tables byte by byte', async () => {
		const [rows] = await connection.query<RowDataPacket[]>(
			'SELECT CONCAT(TABLE_NAME, ".", COLUMN_NAME) AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (?) AND COLLATION_NAME IS NOT NULL AND DATA_TYPE = "varchar" AND COLLATION_NAME <> "utf8mb4_bin"',
			[tablesOf(crossAppSchema).map(getTableName)],
		)
		expect(rows.map((row) => String(row.name)).sort()).toEqual([
			'AI_AccountLink.linkMethod',
			'AI_AccountLink.unlinkedBy',
			'AI_AuditEvent.action',
			'AI_AuditEvent.actor',
			'AI_CrossAppGrant.desiredState',
			'AI_CrossAppGrant.status',
			'AI_CrossAppGrant.stopReason',
			'AI_Outbox.kind',
			'AI_Outbox.lastError',
			'AI_Outbox.name',
			'AI_UndoneLink.undoneBy',
		])
	})

	it('control: a dropped column is noticed', async () => {
		await connection.query('ALTER TABLE AI_CrossAppGrant DROP COLUMN stopReason')
		expect(await liveColumns('AI_CrossAppGrant')).not.toEqual(declaredColumns(crossAppSchema.crossAppGrants))
	})

	it('control: a dropped unique key is noticed', async () => {
		await connection.query('ALTER TABLE AI_AccountLink DROP KEY AccountLink_linkedApp_userId_key')
		expect(await liveKeys('AI_AccountLink')).not.toEqual(declaredKeys(crossAppSchema.accountLinks))
	})
})
