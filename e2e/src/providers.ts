import { randomInt } from 'node:crypto'
import type { StackInfo } from '@sandbox/stack'

export type Provider = 'github' | 'discord'

/** Somebody with an account at a sign-in provider. */
export type ProviderUser = {
  provider: Provider
  /** The provider's own id, which both apps keep. */
  id: string
  /** What is to be pressed on the provider's page. */
  handle: string
  email: string | null
}

export type Providers = ReturnType<typeof createProviders>

/** Adds people to the GitHub and Discord stand-ins. Everyone is new, so tests don't meet. */
export function createProviders(info: StackInfo) {
  async function add(provider: Provider, user: object): Promise<string> {
    const response = await fetch(`${info[provider].url}/stand-in/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(user),
    })
    if (!response.ok) throw new Error(`${provider} took no new user: ${await response.text()}`)
    return ((await response.json()) as { id: string }).id
  }

  return {
    /** @param email null: the provider has none; @param verified false: nobody has confirmed it there */
    async newUser(provider: Provider, email: string | null, verified = true): Promise<ProviderUser> {
      // Digits only: no part of it is somebody's name.
      const handle = `p${randomInt(10 ** 11, 10 ** 12)}`
      const id =
        provider === 'github'
          ? await add(provider, {
              login: handle,
              name: `Person ${handle}`,
              emails: email === null ? [] : [{ email, primary: true, verified }],
            })
          : await add(provider, {
              username: handle,
              global_name: `Person ${handle}`,
              email,
              verified: email !== null && verified,
            })
      return { provider, id, handle, email }
    },
  }
}
