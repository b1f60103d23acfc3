import {normaliseEmail} from '@cross-app/shared'
import type {OAuthConfig} from 'next-auth/providers/oauth'
import {z} from 'zod'

const userSchema = z.object({
  id: z.number().int(),
  login: z.string(),
  name: z.string().nullish(),
  avatar_url: z.string().nullish(),
})
const emailsSchema = z.array(z.object({email: z.string(), primary: z.boolean(), verified: z.boolean()}))

export interface GithubProfile {
  id: string
  login: string
  name: string
  image?: string
  /** The primary address, normalised; GitHub has verified it. */
  email: string
}

/** GitHub did not tell who is signing in, or has no verified address for them. */
export class GithubSignInError extends Error {
  override name = 'GithubSignInError'
}

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
}): OAuthConfig<GithubProfile> {
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
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
      email: profile.email,
      image: profile.image ?? null,
    }),
  }
}

async function readProfile(apiBaseUrl: string, accessToken: string | undefined): Promise<GithubProfile> {
  if (accessToken === undefined || accessToken === '') {
    throw new GithubSignInError('GitHub gave no access token. Check the client id and secret.')
  }
  const user = userSchema.parse(await read(`${apiBaseUrl}/user`, accessToken))
  const emails = emailsSchema.parse(await read(`${apiBaseUrl}/user/emails`, accessToken))
  const primary = emails.find((candidate) => candidate.primary && candidate.verified)
  if (primary === undefined)
    throw new GithubSignInError('The GitHub account has no verified primary address.')
  return {
    id: String(user.id),
    login: user.login,
    name: user.name ?? user.login,
    ...(user.avatar_url ? {image: user.avatar_url} : {}),
    email: normaliseEmail(primary.email),
  }
}

async function read(url: string, accessToken: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json',
      'user-agent': 'total-typescript',
    },
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new GithubSignInError(`GitHub answered ${response.status}.`)
  return response.json()
}
