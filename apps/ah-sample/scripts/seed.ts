import { parseArgs } from 'node:util'
import { drizzle } from 'drizzle-orm/mysql2'
import { createDatabasePool } from '../src/db/connect'
import { createStripe } from '../src/server/stripe'
import { seedCatalogue } from './seed/seed-catalogue'
import { seedLinkedBuyers } from './seed/seed-linked-buyers'
import { seedPersonas } from './seed/seed-personas'
import { seedStripePrices } from './seed/seed-stripe-prices'

const USAGE = `tsx scripts/seed.ts [--linked-buyers N --run ID]

Fills the database of DATABASE_URL: catalogue, prices on AI Hero's Stripe account, personas. Safe to repeat.
  --linked-buyers N   instead, make N users that are linked to Total TypeScript users of the same run
  --run ID            1-40 lower-case letters, digits or dashes; both apps must be given the same`

/** The seed's arguments make no sense; the message says what to write. */
class UsageError extends Error {}

function readArguments(): { databaseUrl: string; linkedBuyers: { count: number; runId: string } | null } {
	const { values } = parseArgs({
		options: { 'linked-buyers': { type: 'string' }, run: { type: 'string' } },
	})
	const databaseUrl = process.env.DATABASE_URL
	if (!databaseUrl)
		throw new UsageError('DATABASE_URL is missing. Set it to mysql://user:password@host:port/database.')
	const wanted = values['linked-buyers']
	if (wanted === undefined && values.run === undefined) return { databaseUrl, linkedBuyers: null }
	const count = Number(wanted)
	if (!Number.isInteger(count) || count < 1 || count > 10_000 || values.run === undefined) {
		throw new UsageError(`--linked-buyers takes 1 to 10000 and needs --run.\n\n${USAGE}`)
	}
	return { databaseUrl, linkedBuyers: { count, runId: values.run } }
}

async function main(): Promise<void> {
	const { databaseUrl, linkedBuyers } = readArguments()
	const pool = createDatabasePool(databaseUrl, 4)
	const db = drizzle({ client: pool })
	try {
		if (linkedBuyers !== null) {
			await seedLinkedBuyers(db, linkedBuyers)
			console.log(`linked buyers: ${linkedBuyers.count} of run ${linkedBuyers.runId}`)
			return
		}
		await seedCatalogue(db)
		await seedPersonas(db)
		const secretKey = process.env.STRIPE_SECRET_KEY
		if (!secretKey) {
			console.log('catalogue, personas; no STRIPE_SECRET_KEY, so nothing can be bought here')
			return
		}
		const prices = await seedStripePrices(
			db,
			createStripe({ secretKey, apiBaseUrl: process.env.STRIPE_API_BASE_URL }),
		)
		console.log(`catalogue, personas, ${prices} prices on Stripe`)
	} finally {
		await pool.end()
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : String(error))
	process.exitCode = 1
})
