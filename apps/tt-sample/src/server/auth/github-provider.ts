import {normaliseEmail} from '@cross-app/shared'
import type {OAuthConfig} from 'next-auth/providers/oauth'
import {z} from 'zod'
import {oauthProvider, type ProviderSettings} from './oauth-provider'
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
export function githubProvider(settings: ProviderSettings): OAuthConfig<ProviderProfile> {
  const {baseUrl, apiBaseUrl} = settings
  return oauthProvider(settings, {
    id: 'github',
    name: 'GitHub',
    issuer: `${baseUrl}/login/oauth`,
    scope: 'read:user user:email',
    authorizationUrl: `${baseUrl}/login/oauth/authorize`,
    tokenUrl: `${baseUrl}/login/oauth/access_token`,
    userUrl: `${apiBaseUrl}/user`,
    readProfile: (accessToken) => readProfile(apiBaseUrl, accessToken),
  })
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
