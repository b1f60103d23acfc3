import {normaliseEmail} from '@cross-app/shared'
import type {OAuthConfig} from 'next-auth/providers/oauth'
import {z} from 'zod'
import {oauthProvider, type ProviderSettings} from './oauth-provider'
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
export function discordProvider(settings: ProviderSettings): OAuthConfig<ProviderProfile> {
  const {baseUrl, apiBaseUrl} = settings
  return oauthProvider(settings, {
    id: 'discord',
    name: 'Discord',
    issuer: baseUrl,
    scope: 'identify email',
    authorizationUrl: `${baseUrl}/oauth2/authorize`,
    tokenUrl: `${apiBaseUrl}/oauth2/token`,
    userUrl: `${apiBaseUrl}/users/@me`,
    readProfile: (accessToken) => readProfile(apiBaseUrl, accessToken),
  })
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
