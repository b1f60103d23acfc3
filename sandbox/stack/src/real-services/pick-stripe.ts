import { type AppKey, appPaths } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { StackOverrides } from '../overrides.ts'
import type { StripeChoice } from '../picking/pick.ts'
import type { PickedService } from '../picking/picked-service.ts'
import { askStripeAccount, stripeApiUrl } from '../stripe-test-mode/ask-account.ts'
import { findStripeCli, readSigningSecret, stripeCliInstallUrl } from '../stripe-test-mode/stripe-cli.ts'
import { assertTestModeKey, assertTwoAccounts, stripeKeyVariable } from '../stripe-test-mode/stripe-key.ts'

export interface PickedStripe extends PickedService<StripeChoice> {
  /** Whether the stack brings the account's events itself, by `stripe listen`. */
  listen: boolean
  /** The account in Stripe's own dashboard; only in test mode. */
  dashboardUrl?: string
}

const WAY_OUT = 'To go on with the stand-in: --stripe=sandbox, your keys may stay where they are.'

function sandbox(reason: string, forced: boolean): PickedStripe {
  return {
    pick: {
      choice: 'sandbox',
      what: 'Stripe stand-in',
      version: '',
      forced,
      passedOver: [{ choice: 'test-mode', reason }],
    },
    environment: {},
    listen: false,
  }
}

/**
 * Picks an app's Stripe: the test mode of a real account when its key is given, the stand-in otherwise. Each app for
 * itself, so one can be real and the other not.
 *
 * Webhooks of a real account come by `stripe listen`, whose signing secret is asked for here, before the app starts; or
 * by whatever a person has set up, if they give that endpoint's secret.
 *
 * @throws StackError `not-available` for a live key in any case, a key that Stripe refuses, half of what is needed, or a
 *   test mode that was asked for and can't be had: it never falls back to the stand-in in silence
 */
export async function pickStripe({
  app,
  overrides,
  forced,
  stripeApi = stripeApiUrl,
}: {
  app: AppKey
  overrides: StackOverrides
  forced: StripeChoice | undefined
  /** Where Stripe is when the overrides name no other address; its own unless told. */
  stripeApi?: string
}): Promise<PickedStripe> {
  const variable = stripeKeyVariable(app)
  const secretKey = overrides.stripeSecretKey[app]
  if (secretKey !== undefined) assertTestModeKey(app, secretKey)
  if (forced === 'sandbox') return sandbox('--stripe=sandbox asks for the stand-in', true)
  assertTwoAccounts(overrides.stripeSecretKey)
  if (secretKey === undefined) return withoutKey({ app, overrides, forced })

  const { accountId, dashboardUrl } = await askStripeAccount({
    app,
    secretKey,
    apiBaseUrl: overrides.stripeApiBaseUrl ?? stripeApi,
    wayOut: WAY_OUT,
  })
  const given = givenWebhookSecret(app, overrides)
  const webhooks = given === undefined ? await throughCli(app, secretKey) : { secret: given, version: '' }
  return {
    pick: {
      choice: 'test-mode',
      what: `Stripe test mode${accountId === undefined ? '' : ` (${accountId})`}${given === undefined ? ', events by the Stripe CLI' : ', events by a forwarding of your own'}`,
      version: webhooks.version,
      forced: true,
      passedOver: [],
    },
    environment: {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhooks.secret,
      STRIPE_API_BASE_URL: overrides.stripeApiBaseUrl,
    },
    listen: given === undefined,
    dashboardUrl,
  }

  async function throughCli(forApp: AppKey, key: string): Promise<{ secret: string; version: string }> {
    const cli = await findStripeCli()
    if (cli === undefined) {
      throw new StackError(
        'not-available',
        `${variable} is given, but the Stripe CLI, which brings Stripe's events to this machine, is not on PATH.`,
        {
          nextStep: `Install it (${stripeCliInstallUrl}; no login needed), or forward events to ${appPaths.stripeWebhook} of the app yourself and give ${webhookVariable(forApp)}. ${WAY_OUT}`,
        },
      )
    }
    const secret = await readSigningSecret({ app: forApp, cli, secretKey: key, wayOut: WAY_OUT })
    return { secret, version: cli.version }
  }
}

function withoutKey({
  app,
  overrides,
  forced,
}: {
  app: AppKey
  overrides: StackOverrides
  forced: StripeChoice | undefined
}): PickedStripe {
  const variable = stripeKeyVariable(app)
  if (overrides.stripeWebhookSecret[app] !== undefined) {
    throw new StackError('not-available', `${webhookVariable(app)} is given, and ${variable} is missing.`, {
      nextStep: `Give ${variable} too, or take ${webhookVariable(app)} away: then the stand-in is used.`,
    })
  }
  const other = overrides.stripeSecretKey[app === 'tt' ? 'ah' : 'tt']
  // With a key for the other app alone, --stripe=test-mode means that one.
  if (forced === 'test-mode' && other === undefined) {
    throw new StackError('not-available', '--stripe=test-mode needs a key of a Stripe test mode.', {
      nextStep:
        'Give TT_STRIPE_SECRET_KEY, AH_STRIPE_SECRET_KEY or both, in the environment or in .env: https://dashboard.stripe.com/test/apikeys',
    })
  }
  return sandbox(`${variable} is not given`, false)
}

function webhookVariable(app: AppKey): string {
  return app === 'tt' ? 'TT_STRIPE_WEBHOOK_SECRET' : 'AH_STRIPE_WEBHOOK_SECRET'
}

function givenWebhookSecret(app: AppKey, overrides: StackOverrides): string | undefined {
  const secret = overrides.stripeWebhookSecret[app]
  if (secret === undefined || secret.startsWith('whsec_')) return secret
  throw new StackError(
    'not-available',
    `${webhookVariable(app)} is no signing secret of a webhook endpoint.`,
    {
      nextStep: 'It begins with whsec_; `stripe listen` and the endpoint in the dashboard show it.',
    },
  )
}
