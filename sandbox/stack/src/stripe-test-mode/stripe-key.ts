import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'

/** The root variable that holds an app's Stripe key. */
export function stripeKeyVariable(app: AppKey): string {
  return app === 'tt' ? 'TT_STRIPE_SECRET_KEY' : 'AH_STRIPE_SECRET_KEY'
}

/**
 * Checks that a given key is one of a test mode: `sk_test_…`, or `rk_test_…` for a restricted one. The message never
 * holds any of it.
 *
 * @throws StackError `not-available`; a live key is refused always, whatever else was asked for
 */
export function assertTestModeKey(app: AppKey, key: string): void {
  const variable = stripeKeyVariable(app)
  if (/^(sk|rk)_live_/.test(key)) {
    throw new StackError(
      'not-available',
      `${variable} is a live key: it moves real money, so it is not used.`,
      {
        nextStep: `Take it out of the environment and .env, and give the key of a test mode or sandbox (sk_test_… or rk_test_…): https://dashboard.stripe.com/test/apikeys. If others may have read it, roll it there too.`,
      },
    )
  }
  if (!/^(sk|rk)_test_\S+$/.test(key)) {
    throw new StackError('not-available', `${variable} is no secret key of a Stripe test mode.`, {
      nextStep:
        'It begins with sk_test_ (or rk_test_, restricted). You find it at https://dashboard.stripe.com/test/apikeys.',
    })
  }
}

/** Refuses one key for both apps: each would be told of the other one's payments. @throws StackError `not-available` */
export function assertTwoAccounts(keys: { tt: string | undefined; ah: string | undefined }): void {
  if (keys.tt === undefined || keys.tt !== keys.ah) return
  throw new StackError(
    'not-available',
    'TT_STRIPE_SECRET_KEY and AH_STRIPE_SECRET_KEY are the same key; the two apps have an account each.',
    { nextStep: 'Make a second account or sandbox in the dashboard, or give only one of the two keys.' },
  )
}
