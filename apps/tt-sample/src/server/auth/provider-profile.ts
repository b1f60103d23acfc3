/** What a sign-in provider tells of the person, as far as this app reads it. */
export interface ProviderProfile {
  id: string
  name: string
  image?: string
  /** Normalised; the provider has verified it. Absent when it has no such address: nobody is signed in then. */
  email?: string
}

/** A provider did not tell who is signing in. */
export class ProviderSignInError extends Error {
  override name = 'ProviderSignInError'
}

/**
 * Reads one resource of a provider's API with the person's token.
 *
 * @throws ProviderSignInError when there is no token, or the provider doesn't answer 200
 */
export async function readProviderApi(input: {
  provider: string
  url: string
  accessToken: string | undefined
}): Promise<unknown> {
  const {provider, url, accessToken} = input
  if (accessToken === undefined || accessToken === '') {
    throw new ProviderSignInError(`${provider} gave no access token. Check the client id and secret.`)
  }
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json',
      'user-agent': 'total-typescript',
    },
    // A redirect would carry the token somewhere nobody configured.
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new ProviderSignInError(`${provider} answered ${response.status}.`)
  return response.json()
}
