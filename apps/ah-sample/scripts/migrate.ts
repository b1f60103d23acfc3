import { fileURLToPath } from 'node:url'
import { connect } from '../src/db/connect'
import { MigrationError, runMigrations } from '../src/db/run-migrations'

/** Brings the database of DATABASE_URL up to date. Exits 1 with one clear message when that is not possible. */
async function main(): Promise<void> {
	const url = process.env.DATABASE_URL
	if (url === undefined || url === '') {
		throw new MigrationError('DATABASE_URL is missing. Set it to mysql://user:password@host:port/database.')
	}
	const connection = await connect(url)
	try {
		const run = await runMigrations(
			connection,
			fileURLToPath(new URL('../src/db/migrations', import.meta.url)),
		)
		for (const name of run.applied) console.log(`applied ${name}`)
		if (run.applied.length === 0) console.log(`nothing to do (${run.alreadyApplied.length} applied before)`)
	} finally {
		await connection.end()
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : String(error))
	process.exitCode = 1
})
