import type {OAuthConfig} from 'next-auth/providers/oauth'
import type {ProviderProfile} from './provider-profile'

/** What the environment says of a provider, or of a stand-in for it at another address. */
export interface ProviderSettings {
  clientId: string
  clientSecret: string
  /** Where people authorise. */
  baseUrl: string
  /** Where this app asks. */
  apiBaseUrl: string
}

/** A provider whose profile holds an address only when the provider has verified it. */
export function oauthProvider(
  {clientId, clientSecret}: ProviderSettings,
  provider: {
    id: string
    name: string
    /** As the provider names itself in its answers (RFC 9207); an answer of another issuer is refused. */
    issuer: string
    scope: string
    authorizationUrl: string
    tokenUrl: string
    userUrl: string
    readProfile(accessToken: string | undefined): Promise<ProviderProfile>
  },
): OAuthConfig<ProviderProfile> {
  return {
    id: provider.id,
    name: provider.name,
    type: 'oauth',
    issuer: provider.issuer,
    clientId,
    clientSecret,
    checks: ['state', 'pkce'],
    authorization: {url: provider.authorizationUrl, params: {scope: provider.scope}},
    token: provider.tokenUrl,
    // The real providers take the credentials either way; a local stand-in only this one.
    client: {token_endpoint_auth_method: 'client_secret_post'},
    userinfo: {
      url: provider.userUrl,
      request: ({tokens}) => provider.readProfile(tokens.access_token),
    },
    // Safe here and only here: every address that gets this far was verified by the provider.
    allowDangerousEmailAccountLinking: true,
    profile: (profile) => ({
      id: profile.id,
      name: profile.name,
      email: profile.email ?? null,
      image: profile.image ?? null,
    }),
  }
}
