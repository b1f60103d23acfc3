import { normaliseEmail } from '@cross-app/shared'
import type { OAuthConfig } from 'next-auth/providers'
import { z } from 'zod'
import { readProviderApi } from './read-provider-api'

const profileSchema = z.object({
	id: z.string(),
	username: z.string(),
	global_name: z.string().nullish(),
	email: z.string().nullish(),
	verified: z.boolean().optional(),
})

export type DiscordProfile = Omit<z.infer<typeof profileSchema>, 'email'> & { email: string | null }

/** Sign-in with Discord; both addresses are configurable, for a local stand-in. */
export function discordProvider(options: {
	clientId: string
	clientSecret: string
	/** Where people authorise, such as `https://discord.com`. */
	baseUrl: string
	/** Where this app asks, such as `https://discord.com/api`. */
	apiBaseUrl: string
}): OAuthConfig<DiscordProfile> {
	return {
		id: 'discord',
		name: 'Discord',
		type: 'oauth',
		clientId: options.clientId,
		clientSecret: options.clientSecret,
		client: { token_endpoint_auth_method: 'client_secret_post' },
		checks: ['pkce', 'state'],
		issuer: options.baseUrl,
		authorization: {
			url: `${options.baseUrl}/oauth2/authorize`,
			params: { scope: 'identify email' },
		},
		token: `${options.apiBaseUrl}/oauth2/token`,
		userinfo: {
			url: `${options.apiBaseUrl}/users/@me`,
			// Typed as `any` by the library; what it gives is checked here.
			request: ({ tokens }: { tokens: { access_token?: string } }) =>
				readDiscordProfile(options.apiBaseUrl, tokens.access_token),
		},
		profile: (profile) => ({
			id: profile.id,
			name: profile.global_name ?? profile.username,
			email: profile.email,
			image: null,
		}),
	}
}

/**
 * Asks Discord whose token this is. The address counts only when Discord has verified it; else it is null, and the
 * sign-in is refused.
 *
 * @throws ProviderProfileError: see `readProviderApi`
 */
export async function readDiscordProfile(
	apiBaseUrl: string,
	accessToken: string | undefined,
): Promise<DiscordProfile> {
	const url = `${apiBaseUrl}/users/@me`
	const { email, verified, ...profile } = profileSchema.parse(
		await readProviderApi({ provider: 'Discord', url, accessToken }),
	)
	const address = verified === true && email ? normaliseEmail(email) : null
	return { ...profile, verified: verified === true, email: address }
}
