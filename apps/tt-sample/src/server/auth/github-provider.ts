import {normaliseEmail} from '@cross-app/shared'
import type {OAuthConfig} from 'next-auth/providers/oauth'
import {z} from 'zod'
import {type ProviderProfile, readProviderApi} from './provider-profile'

const userSchema = z.object({
  id: z.number().int(),
  login: z.string(),
  name: z.string().nullish(),
  avatar_url: z.string().nullish(),
})
const emailsSchema = z.array(z.object({email: z.string(), primary: z.boolean(), verified: z.boolean()}))

/**
 * GitHub, or a stand-in for it at another address. Only an address that GitHub has verified counts: it finds the user,
 * so an unverified one would be a way into someone else's account.
 */
export function githubProvider({
  clientId,
  clientSecret,
  baseUrl,
  apiBaseUrl,
}: {
  clientId: string
  clientSecret: string
  baseUrl: string
  apiBaseUrl: string
}): OAuthConfig<ProviderProfile> {
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    // GitHub names itself in its answers (RFC 9207), and an answer of another issuer is refused.
    issuer: `${baseUrl}/login/oauth`,
    clientId,
    clientSecret,
    checks: ['state', 'pkce'],
    authorization: {url: `${baseUrl}/login/oauth/authorize`, params: {scope: 'read:user user:email'}},
    token: `${baseUrl}/login/oauth/access_token`,
    // GitHub takes the credentials either way; the local stand-in only this one.
    client: {token_endpoint_auth_method: 'client_secret_post'},
    userinfo: {
      url: `${apiBaseUrl}/user`,
      request: ({tokens}) => readProfile(apiBaseUrl, tokens.access_token),
    },
    // Safe here and only here: every address that gets this far was verified by GitHub.
    allowDangerousEmailAccountLinking: true,
    profile: (profile) => ({
      id: profile.id,
      name: profile.name,
      email: profile.email ?? null,
      image: profile.image ?? null,
    }),
  }
}

async function readProfile(apiBaseUrl: string, accessToken: string | undefined): Promise<ProviderProfile> {
  const read = (path: string) =>
    readProviderApi({provider: 'GitHub', url: `${apiBaseUrl}${path}`, accessToken})
  const user = userSchema.parse(await read('/user'))
  const emails = emailsSchema.parse(await read('/user/emails'))
  const primary = emails.find((candidate) => candidate.primary && candidate.verified)
  return {
    id: String(user.id),
    name: user.name ?? user.login,
    ...(user.avatar_url ? {image: user.avatar_url} : {}),
    ...(primary === undefined ? {} : {email: normaliseEmail(primary.email)}),
  }
}
