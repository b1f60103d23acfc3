import { context } from '../src/cross-app/host'
import { sweep } from '../src/cross-app/outbox/sweep'
import { pool } from '../src/db/pool'

/** The sweep from the command line: for a system cron, or by hand after an outage. Prints its report. */
async function main(): Promise<void> {
	try {
		console.log(JSON.stringify(await sweep(context)))
	} finally {
		await pool.end()
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : String(error))
	process.exitCode = 1
})
