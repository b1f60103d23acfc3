import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import { stripeKeyVariable } from './stripe-key.ts'

/** Stripe itself. */
export const stripeApiUrl = 'https://api.stripe.com'

export interface StripeAccount {
  /** `acct_…`; undefined when the key may not tell, as a restricted one. */
  accountId: string | undefined
  /** The account's payments in Stripe's dashboard; whichever account is open there while the id is unknown. */
  dashboardUrl: string
}

/** The payments of a test mode or sandbox in Stripe's dashboard. */
export function dashboardUrl(accountId: string | undefined): string {
  return `https://dashboard.stripe.com/${accountId === undefined ? '' : `${accountId}/`}test/payments`
}

/**
 * Asks Stripe whose key this is: the one call that tells a wrong key, a wrong address and a missing network apart before
 * anything is started on them.
 *
 * @param apiBaseUrl Stripe's own unless told
 * @param wayOut what else a person can do, for the next step of the message
 * @throws StackError `not-available` when Stripe can't be reached or refuses the key
 */
export async function askStripeAccount({
  app,
  secretKey,
  apiBaseUrl = stripeApiUrl,
  wayOut,
  timeoutMs = 10_000,
}: {
  app: AppKey
  secretKey: string
  apiBaseUrl?: string | undefined
  wayOut: string
  timeoutMs?: number
}): Promise<StripeAccount> {
  const variable = stripeKeyVariable(app)
  let response: Response
  let text: string
  try {
    response = await fetch(new URL('/v1/account', apiBaseUrl), {
      headers: { authorization: `Bearer ${secretKey}` },
      // A redirect would carry the key somewhere nobody named.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    text = await response.text()
  } catch (error) {
    throw new StackError(
      'not-available',
      `Stripe can't be reached at ${apiBaseUrl}, and ${variable} asks for its test mode: ${reasonOf(error)}.`,
      { nextStep: `Check the network. ${wayOut}`, cause: error },
    )
  }
  if (response.status === 401) {
    throw new StackError('not-available', `Stripe does not know the key in ${variable} (status 401).`, {
      nextStep: `Copy it again from https://dashboard.stripe.com/test/apikeys: it may have been rolled, or cut off. ${wayOut}`,
    })
  }
  // A restricted key that may not read accounts can be good for all the rest.
  if (response.status === 403) return { accountId: undefined, dashboardUrl: dashboardUrl(undefined) }
  if (!response.ok) {
    throw new StackError(
      'not-available',
      `Stripe answers ${response.status} at ${apiBaseUrl} to the key in ${variable}.`,
      { nextStep: `Look at https://status.stripe.com and try again. ${wayOut}` },
    )
  }
  const accountId = accountIdIn(text)
  return { accountId, dashboardUrl: dashboardUrl(accountId) }
}

function accountIdIn(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { id?: unknown }
    return typeof id === 'string' && /^acct_\w+$/.test(id) ? id : undefined
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return 'no answer in time'
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code
  return code ?? error.message
}
