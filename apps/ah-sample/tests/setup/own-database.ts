import { fileURLToPath } from 'node:url'
import type { Connection } from 'mysql2/promise'
import { connect } from '../../src/db/connect'
import { runMigrations } from '../../src/db/run-migrations'

export type OwnDatabase = { url: string; connection: Connection; drop(): Promise<void> }

/** A database beside the run's, for tests that change tables; migrated unless told otherwise. */
export async function createOwnDatabase(options: { migrated: boolean }): Promise<OwnDatabase> {
	const url = new URL(process.env.AH_TEST_DATABASE_URL ?? '')
	const name = `test_ah_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
	const admin = await connect(url.href)
	await admin.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
	url.pathname = `/${name}`
	const connection = await connect(url.href)
	if (options.migrated) {
		await runMigrations(connection, fileURLToPath(new URL('../../src/db/migrations', import.meta.url)))
	}
	return {
		url: url.href,
		connection,
		async drop() {
			await connection.end()
			await admin.query(`DROP DATABASE \`${name}\``)
			await admin.end()
		},
	}
}
