const PATIENCE_MS = 10_000

/** A sign-in provider did not say who signed in; the message never holds a token. */
export class ProviderProfileError extends Error {
	constructor(provider: string, reason: string) {
		super(`${provider} did not tell who signed in: ${reason}. Try again, or sign in with an email link.`)
		this.name = 'ProviderProfileError'
	}
}

/**
 * Reads one resource of a provider's API with the person's token.
 *
 * @param input.provider its name, for people
 * @throws ProviderProfileError without a token (an exchange that failed must not sign anyone in), or when the provider
 * does not answer 200 and JSON
 */
export async function readProviderApi(input: {
	provider: string
	url: string
	accessToken: string | undefined
}): Promise<unknown> {
	const { provider, url, accessToken } = input
	if (accessToken === undefined || accessToken === '') {
		throw new ProviderProfileError(provider, 'it issued no access token')
	}
	const response = await fetch(url, {
		headers: {
			accept: 'application/json',
			authorization: `Bearer ${accessToken}`,
			'user-agent': 'ai-hero',
		},
		// A redirect would carry the token somewhere nobody configured.
		redirect: 'error',
		signal: AbortSignal.timeout(PATIENCE_MS),
	})
	if (response.status !== 200) throw new ProviderProfileError(provider, `it answered ${response.status}`)
	return response.json()
}
