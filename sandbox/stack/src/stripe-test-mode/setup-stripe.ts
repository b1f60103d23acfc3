import { styleText } from 'node:util'
import { StackError } from '../errors.ts'
import type { StackOverrides } from '../overrides.ts'
import { askStripeAccount } from './ask-account.ts'
import { setupAccount } from './setup-account.ts'
import { countOutcomes, outcomeTable } from './setup-report.ts'
import { assertTestModeKey, assertTwoAccounts, stripeKeyVariable } from './stripe-key.ts'

const APPS = [
  { app: 'tt', name: 'Total TypeScript' },
  { app: 'ah', name: 'AI Hero' },
] as const

/**
 * Puts each app's catalogue on the Stripe test account whose key is given and prints, object by object, whether it was
 * created, found or changed. All keys are checked with Stripe before anything is changed anywhere.
 *
 * @throws StackError without keys, with a live or wrong one, with both keys of one account, or without a network
 */
export async function setupStripe({
  overrides,
  print,
}: {
  overrides: Pick<StackOverrides, 'stripeSecretKey' | 'stripeApiBaseUrl'>
  print(line: string): void
}): Promise<void> {
  const { stripeSecretKey: keys, stripeApiBaseUrl: apiBaseUrl } = overrides
  const given = APPS.flatMap(({ app, name }) => {
    const secretKey = keys[app]
    return secretKey === undefined ? [] : [{ app, name, secretKey }]
  })
  for (const { app, secretKey } of given) assertTestModeKey(app, secretKey)
  assertTwoAccounts(keys)
  if (given.length === 0) {
    throw new StackError('bad-arguments', 'There is no key of a Stripe test account.', {
      nextStep:
        'Give TT_STRIPE_SECRET_KEY, AH_STRIPE_SECRET_KEY or both (sk_test_… or rk_test_…), in the environment or in .env: docs/real-services.md.',
    })
  }
  const accounts = await Promise.all(
    given.map(async (one) => ({
      ...one,
      ...(await askStripeAccount({ ...one, apiBaseUrl, wayOut: 'Nothing was changed.' })),
    })),
  )
  const [first, second] = accounts
  if (first?.accountId !== undefined && first.accountId === second?.accountId) {
    throw new StackError(
      'not-available',
      `Both keys are of the same account, ${first.accountId}; the two apps have one each.`,
      { nextStep: 'Make a second account or sandbox in the dashboard, or give only one of the two keys.' },
    )
  }
  // Side by side, and both to their end: what fails on one account says nothing about the other.
  const running = accounts.map(async ({ app, name, secretKey, accountId, dashboardUrl }) => {
    const ensured = await setupAccount({ app, secretKey, apiBaseUrl })
    const account = accountId === undefined ? '' : `  ${accountId}`
    return [
      `\n${styleText('bold', name)}${account}  ${dashboardUrl}\n`,
      ...outcomeTable(ensured),
      `\n  ${countOutcomes(ensured)}`,
    ]
  })
  const settled = await Promise.allSettled(running)
  for (const one of settled) if (one.status === 'fulfilled') for (const line of one.value) print(line)
  const missing = APPS.find(({ app }) => keys[app] === undefined)
  if (missing) print(`\n${stripeKeyVariable(missing.app)} is not given: ${missing.name} was left out.`)
  print('')
  for (const one of settled) if (one.status === 'rejected') throw one.reason
}
