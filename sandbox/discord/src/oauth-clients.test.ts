import { randomBytes } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import { Issuer } from 'openid-client'
import { describe, expect, it } from 'vitest'
import { ada, pressButton, school, shop, startTestDiscord } from './testing/test-client.ts'

/**
 * The sign-in, driven by the two libraries that the apps' own sign-in rests on: what they refuse, an app refuses.
 * They read the stand-in's metadata instead of being told its addresses.
 */
const http = { [oauth.allowInsecureRequests]: true }

async function discover(url: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(url)
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...http })
  return oauth.processDiscoveryResponse(issuer, response)
}

describe('oauth4webapi, as in ai-hero', () => {
  async function signIn(client: typeof shop | typeof school, authentication: oauth.ClientAuth) {
    const discord = await startTestDiscord()
    const server = await discover(discord.url)
    const redirectUri = client.redirectUris[0]
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const authorize = new URL(server.authorization_endpoint ?? '')
    authorize.search = new URLSearchParams({
      client_id: client.id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'identify email',
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString()
    const { location } = await pressButton(authorize.href, { user_id: ada.id })
    if (location === undefined) throw new Error('The browser was sent nowhere.')
    const parameters = oauth.validateAuthResponse(server, { client_id: client.id }, location, state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      { client_id: client.id },
      authentication,
      parameters,
      redirectUri,
      verifier,
      http,
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, { client_id: client.id }, response)
    return { discord, server, location, state, tokens }
  }

  it.each([
    ['ClientSecretBasic', shop, oauth.ClientSecretBasic(shop.secret)],
    ['ClientSecretPost', school, oauth.ClientSecretPost(school.secret)],
  ] as const)('signs in from discovery to users/@me with %s', async (_, client, authentication) => {
    const { discord, tokens } = await signIn(client, authentication)
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'identify email', expires_in: 604_800 })
    const me = new URL(`${discord.apiUrl}/users/@me`)
    const response = await oauth.protectedResourceRequest(
      tokens.access_token,
      'GET',
      me,
      undefined,
      undefined,
      http,
    )
    expect(await response.json()).toMatchObject({ id: ada.id, email: ada.email, verified: true })
  })

  it('reads the refusal of a wrong secret', async () => {
    await expect(signIn(shop, oauth.ClientSecretPost('wrong'))).rejects.toMatchObject({
      error: 'invalid_client',
      status: 401,
    })
  })

  it("refuses an answer without the issuer, with another's, and to another state", async () => {
    const { server, location, state } = await signIn(shop, oauth.ClientSecretBasic(shop.secret))
    const validate = (change: (parameters: URLSearchParams) => void) => {
      const changed = new URL(location)
      change(changed.searchParams)
      return () => oauth.validateAuthResponse(server, { client_id: shop.id }, changed, state)
    }
    expect(validate((parameters) => parameters.delete('iss'))).toThrow('missing')
    expect(validate((parameters) => parameters.set('iss', 'http://evil.test'))).toThrow('unexpected "iss"')
    expect(validate((parameters) => parameters.set('state', 'another'))).toThrow('state')
    expect(validate(() => undefined)).not.toThrow()
  })
})

describe('openid-client, as in total-typescript', () => {
  async function callback(issuerOfTheApp: (url: string) => string | undefined) {
    const discord = await startTestDiscord()
    const issuer = issuerOfTheApp(discord.url)
    // What next-auth makes of a provider: without `issuer` in its settings there is none here, whatever its type says.
    const provider = new Issuer({
      ...(issuer === undefined ? {} : { issuer }),
      authorization_endpoint: `${discord.url}/oauth2/authorize`,
      token_endpoint: `${discord.apiUrl}/oauth2/token`,
      userinfo_endpoint: `${discord.apiUrl}/users/@me`,
    } as ConstructorParameters<typeof Issuer>[0])
    const client = new provider.Client({ client_id: shop.id, client_secret: shop.secret })
    const state = randomBytes(16).toString('hex')
    const { location } = await pressButton(
      client.authorizationUrl({ scope: 'identify email', state, redirect_uri: shop.redirectUris[0] }),
      {
        user_id: ada.id,
      },
    )
    const parameters = client.callbackParams(location?.href ?? '')
    const tokens = await client.oauthCallback(shop.redirectUris[0], parameters, { state })
    return client.userinfo(tokens)
  }

  it('signs in when the app names the issuer', async () => {
    expect(await callback((url) => url)).toMatchObject({ id: ada.id, email: ada.email })
  })

  it('fails, as with the real one, when the app names none or another', async () => {
    await expect(callback(() => undefined)).rejects.toThrow('issuer must be configured on the issuer')
    await expect(callback(() => 'https://discord.com')).rejects.toThrow('iss mismatch')
  })
})
