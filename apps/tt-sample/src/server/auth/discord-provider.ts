import {normaliseEmail} from '@cross-app/shared'
import type {OAuthConfig} from 'next-auth/providers/oauth'
import {z} from 'zod'
import {type ProviderProfile, readProviderApi} from './provider-profile'

/** Discord's ids are 64-bit numbers, sent as text. */
const userSchema = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  username: z.string(),
  global_name: z.string().nullish(),
  avatar: z.string().nullish(),
  email: z.string().nullish(),
  verified: z.boolean().nullish(),
})

/**
 * Discord, or a stand-in for it at another address. An account there may have no address (made with a phone number) or
 * one that nobody has confirmed; only a verified one counts.
 */
export function discordProvider({
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
    id: 'discord',
    name: 'Discord',
    type: 'oauth',
    // Discord names itself in its answers (RFC 9207), and an answer of another issuer is refused.
    issuer: baseUrl,
    clientId,
    clientSecret,
    checks: ['state', 'pkce'],
    authorization: {url: `${baseUrl}/oauth2/authorize`, params: {scope: 'identify email'}},
    token: `${apiBaseUrl}/oauth2/token`,
    client: {token_endpoint_auth_method: 'client_secret_post'},
    userinfo: {
      url: `${apiBaseUrl}/users/@me`,
      request: ({tokens}) => readProfile(apiBaseUrl, tokens.access_token),
    },
    // Safe here and only here: every address that gets this far was verified by Discord.
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
  const url = `${apiBaseUrl}/users/@me`
  const user = userSchema.parse(await readProviderApi({provider: 'Discord', url, accessToken}))
  const {id, username, global_name: displayName, avatar, email, verified} = user
  return {
    id,
    name: displayName ?? username,
    ...(avatar ? {image: `https://cdn.discordapp.com/avatars/${id}/${avatar}.png`} : {}),
    ...(verified === true && email ? {email: normaliseEmail(email)} : {}),
  }
}
