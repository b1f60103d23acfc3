import { normaliseEmail } from '@cross-app/shared'
import type { OAuthConfig } from 'next-auth/providers'
import { z } from 'zod'
import { readProviderApi } from './read-provider-api'

const profileSchema = z.object({
	id: z.union([z.string(), z.number()]).transform(String),
	login: z.string(),
	name: z.string().nullish(),
	email: z.string().nullish(),
	avatar_url: z.string().nullish(),
})
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

export type GitHubProfile = z.infer<typeof profileSchema>

/**
 * Sign-in with GitHub, with every address configurable: github.com, GitHub Enterprise, or a local stand-in. Credentials
 * go into the body, which each of them understands.
 */
export function gitHubProvider(options: {
	clientId: string
	clientSecret: string
	baseUrl: string
	apiBaseUrl: string
}): OAuthConfig<GitHubProfile> {
	return {
		id: 'github',
		name: 'GitHub',
		type: 'oauth',
		clientId: options.clientId,
		clientSecret: options.clientSecret,
		client: { token_endpoint_auth_method: 'client_secret_post' },
		// A GitHub that ignores PKCE leaves only the state to tell whose sign-in it was.
		checks: ['pkce', 'state'],
		issuer: `${options.baseUrl}/login/oauth`,
		authorization: {
			url: `${options.baseUrl}/login/oauth/authorize`,
			params: { scope: 'read:user user:email' },
		},
		token: `${options.baseUrl}/login/oauth/access_token`,
		userinfo: {
			url: `${options.apiBaseUrl}/user`,
			// Typed as `any` by the library; what it gives is checked here.
			request: ({ tokens }: { tokens: { access_token?: string } }) =>
				readProfile(options.apiBaseUrl, tokens.access_token),
		},
		profile: (profile) => ({
			id: profile.id,
			name: profile.name ?? profile.login,
			email: profile.email ?? null,
			image: profile.avatar_url ?? null,
		}),
	}
}

/**
 * Asks GitHub whose token this is. The address is the primary one that GitHub has verified, never what a profile shows:
 * an account made under someone else's address would wait there for its owner. Null when it has
 * verified none: then the sign-in is refused.
 *
 * @throws ProviderProfileError: see `readProviderApi`
 */
export async function readProfile(
	apiBaseUrl: string,
	accessToken: string | undefined,
): Promise<GitHubProfile> {
	const read = (path: string) =>
		readProviderApi({ provider: 'GitHub', url: `${apiBaseUrl}${path}`, accessToken })
	const profile = profileSchema.parse(await read('/user'))
	const emails = emailsSchema.parse(await read('/user/emails'))
	const verified = emails.filter((email) => email.verified)
	const email = (verified.find((candidate) => candidate.primary) ?? verified[0])?.email
	return { ...profile, email: email === undefined ? null : normaliseEmail(email) }
}
