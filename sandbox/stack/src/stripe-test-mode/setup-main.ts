/**
 * `npm run stripe:setup`: puts products, prices and discount codes on the Stripe test accounts whose keys are given, once,
 * and finds them again every other time.
 */
import { parseArgs } from 'node:util'
import { describeError, StackError } from '../errors.ts'
import { readOverrides } from '../overrides.ts'
import { setupStripe } from './setup-stripe.ts'

const USAGE = `Usage: npm run stripe:setup

Puts the catalogue's products, prices and discount codes on the Stripe test accounts whose keys are given as
TT_STRIPE_SECRET_KEY and AH_STRIPE_SECRET_KEY, in the environment or in .env. Safe to repeat. The stack does the same
by itself whenever it starts with these keys.`

function parseCommandLine() {
  try {
    return parseArgs({ options: { help: { type: 'boolean', default: false } } }).values
  } catch (error) {
    throw new StackError('bad-arguments', (error as Error).message, { nextStep: USAGE })
  }
}

async function main(): Promise<void> {
  if (parseCommandLine().help) console.log(USAGE)
  else await setupStripe({ overrides: readOverrides(), print: (line) => console.log(line) })
}

main().catch((error: unknown) => {
  console.error(describeError(error))
  process.exitCode = 1
})
