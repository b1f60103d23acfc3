import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection, RowDataPacket } from 'mysql2/promise'

const MIGRATION_NAME = /^\d{8}_ai_hero_[a-z0-9_]+\.sql$/
const LOCK_WAIT_SECONDS = 60
const COLUMN_EXISTS = 1060
const KEY_EXISTS = 1061

/** A migration can't be applied; the message names the file and the next step. */
export class MigrationError extends Error {
	constructor(message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause })
		this.name = 'MigrationError'
	}
}

export type MigrationRun = { applied: string[]; alreadyApplied: string[] }

/**
 * Applies the SQL files of a folder that this database does not have yet, in the order of their names, and records each
 * with its SHA-256. Safe to run from several processes at once: a named lock lets one of them work.
 *
 * DDL commits by itself, so a file that was stopped half-way runs again from its start: its statements say
 * `IF NOT EXISTS`, or add one column or key each, which is passed over when it is there (MySQL knows no
 * `ADD COLUMN IF NOT EXISTS`).
 *
 * @throws MigrationError when an applied file was changed or is gone, or a statement fails
 */
export async function runMigrations(connection: Connection, folder: string): Promise<MigrationRun> {
	return withLock(connection, async () => {
		await connection.query(
			'CREATE TABLE IF NOT EXISTS `AI_Migration` (`name` varchar(191) NOT NULL PRIMARY KEY, `checksum` char(64) NOT NULL, `appliedAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3))',
		)
		const recorded = await readRecorded(connection)
		const files = await readMigrations(folder)
		refuseChangedFiles(recorded, files)
		const run: MigrationRun = { applied: [], alreadyApplied: [] }
		for (const file of files) {
			if (recorded.has(file.name)) {
				run.alreadyApplied.push(file.name)
				continue
			}
			await applyMigration(connection, file)
			run.applied.push(file.name)
		}
		return run
	})
}

type MigrationFile = { name: string; sql: string; checksum: string }

async function readMigrations(folder: string): Promise<MigrationFile[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
	return Promise.all(
		names.map(async (name) => {
			if (!MIGRATION_NAME.test(name)) {
				throw new MigrationError(`${name} is not named YYYYMMDD_ai_hero_<name>.sql. Rename it.`)
			}
			const sql = await readFile(join(folder, name), 'utf8')
			return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
		}),
	)
}

async function readRecorded(connection: Connection): Promise<Map<string, string>> {
	const [rows] = await connection.query<RowDataPacket[]>('SELECT `name`, `checksum` FROM `AI_Migration`')
	return new Map(rows.map((row) => [String(row.name), String(row.checksum)]))
}

function refuseChangedFiles(recorded: Map<string, string>, files: MigrationFile[]): void {
	for (const [name, checksum] of recorded) {
		const file = files.find((candidate) => candidate.name === name)
		if (file === undefined) {
			throw new MigrationError(`${name} was applied to this database but its file is gone. Restore the file.`)
		}
		if (file.checksum !== checksum) {
			throw new MigrationError(
				`${name} was changed after it was applied to this database. Undo the change and put it into a new file.`,
			)
		}
	}
}

async function applyMigration(connection: Connection, file: MigrationFile): Promise<void> {
	for (const statement of splitStatements(file.sql)) {
		try {
			await connection.query(statement)
		} catch (cause) {
			if (isThereAlready(statement, cause)) continue
			const start = statement.slice(0, 80).replace(/\s+/g, ' ')
			throw new MigrationError(
				`${file.name} failed at "${start} …": ${cause instanceof Error ? cause.message : String(cause)}`,
				cause,
			)
		}
	}
	await connection.query('INSERT INTO `AI_Migration` (`name`, `checksum`) VALUES (?, ?)', [
		file.name,
		file.checksum,
	])
}

function isThereAlready(statement: string, error: unknown): boolean {
	if (!/^ALTER TABLE\b/i.test(statement) || !(error instanceof Error) || !('errno' in error)) return false
	return error.errno === COLUMN_EXISTS || error.errno === KEY_EXISTS
}

/** A statement ends with a semicolon at the end of a line; a comment line is no part of one. */
export function splitStatements(sql: string): string[] {
	return sql
		.replace(/^--.*$/gm, '')
		.split(/;[ \t]*(?:\r?\n|$)/)
		.map((statement) => statement.trim())
		.filter((statement) => statement !== '')
}

/** Named locks belong to the whole server, so the name carries the database. */
async function withLock<Result>(connection: Connection, work: () => Promise<Result>): Promise<Result> {
	const lock = "SUBSTRING(SHA2(CONCAT('ai-hero-migrations:', DATABASE()), 256), 1, 60)"
	const [rows] = await connection.query<RowDataPacket[]>(`SELECT GET_LOCK(${lock}, ?) AS held`, [
		LOCK_WAIT_SECONDS,
	])
	if (Number(rows[0]?.held) !== 1) {
		throw new MigrationError(
			`Another process has been migrating this database for ${LOCK_WAIT_SECONDS} s. Wait for it, then run again.`,
		)
	}
	try {
		return await work()
	} finally {
		await connection.query(`SELECT RELEASE_LOCK(${lock})`)
	}
}
