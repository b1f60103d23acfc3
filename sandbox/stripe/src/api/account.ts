import { type Route, route } from './route.ts'

/** The account that a key belongs to. A program asks for it to learn whether its key is good. */
export const accountRoutes: Route[] = [
  route('GET', '/v1/account', {}, (scope) => ({
    id: `acct_sandbox_${scope.account.key.replaceAll('-', '_')}`,
    object: 'account',
    business_profile: null,
    charges_enabled: true,
    country: 'US',
    default_currency: 'usd',
    details_submitted: true,
    email: null,
    metadata: {},
    payouts_enabled: true,
    settings: null,
    type: 'standard',
  })),
]
