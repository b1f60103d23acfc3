import {parseArgs} from 'node:util'
import {createDatabase} from '../src/server/db'
import {createStripe} from '../src/server/stripe'
import {seedBuyers} from './seed/seed-buyers'
import {seedCatalogue} from './seed/seed-catalogue'
import {seedDiscountCodes} from './seed/seed-discount-codes'
import {seedPersonas} from './seed/seed-personas'

/**
 * Fills the shop: catalogue (also at Stripe), discount codes, personas. Safe to run any number of times.
 *
 *   tsx scripts/seed.ts [--linked-buyers N --run ID]
 */
async function main(): Promise<void> {
  const {values} = parseArgs({options: {'linked-buyers': {type: 'string'}, run: {type: 'string'}}})
  const db = createDatabase(required('DATABASE_URL'), 3)
  try {
    if (values['linked-buyers'] !== undefined) {
      const count = Number(values['linked-buyers'])
      if (!Number.isInteger(count) || count < 1 || values.run === undefined) {
        throw new Error('Use --linked-buyers N --run ID, with N a positive whole number.')
      }
      await seedBuyers(db, {runId: values.run, count})
      console.log(`Seeded ${count} linked buyers of run ${values.run}.`)
      return
    }
    const stripe = createStripe(required('STRIPE_SECRET_KEY'), process.env.STRIPE_API_BASE_URL || undefined)
    for (const note of await seedCatalogue({db, stripe})) console.log(note)
    await seedDiscountCodes({db, stripe})
    await seedPersonas(db)
    console.log('Seeded the catalogue, the discount codes and the personas.')
  } finally {
    await db.$disconnect()
  }
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is missing. See .env.example.`)
  return value
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
