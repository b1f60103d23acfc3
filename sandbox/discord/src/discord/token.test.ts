import { describe, expect, it } from 'vitest'
import {
  ada,
  exchange,
  getAs,
  jsonOf,
  newPkce,
  postForm,
  school,
  shop,
  signInForCode,
  startTestDiscord,
} from '../testing/test-client.ts'

async function signedIn(options: Parameters<typeof startTestDiscord>[0] = {}, changes = {}) {
  const discord = await startTestDiscord(options)
  const authorize = `${discord.url}/oauth2/authorize`
  const token = `${discord.apiUrl}/oauth2/token`
  const me = `${discord.apiUrl}/users/@me`
  const newCode = (
    client: typeof shop | typeof school = shop,
    more: Record<string, string | null> = changes,
  ) => signInForCode(authorize, client, ada.id, more)
  return { discord, token, me, newCode, code: await newCode() }
}

const invalidCode = {
  status: 400,
  body: { error: 'invalid_grant', error_description: 'Invalid "code" in request.' },
}

describe('a code', () => {
  it('is exchanged for the tokens that Discord gives', async () => {
    const { token, code } = await signedIn()
    const { status, body, headers } = await exchange(token, shop, code)
    expect(status).toBe(200)
    expect(body).toEqual({
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^[\w-]{32}$/),
      expires_in: 604_800,
      refresh_token: expect.stringMatching(/^[\w-]{32}$/),
      scope: 'identify email',
    })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('works once, and its second use ends what the first one gave', async () => {
    const { token, me, code } = await signedIn()
    const { body } = await exchange(token, shop, code)
    const bearer = `Bearer ${body.access_token}`
    expect((await getAs(me, bearer)).status).toBe(200)
    expect(await exchange(token, shop, code)).toMatchObject(invalidCode)
    expect((await getAs(me, bearer)).status).toBe(401)
    const refresh = await postForm(token, {
      grant_type: 'refresh_token',
      client_id: shop.id,
      client_secret: shop.secret,
      refresh_token: String(body.refresh_token),
    })
    expect(refresh).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it("ends no other sign-in's tokens with its second use (control)", async () => {
    const { token, me, code, newCode } = await signedIn()
    const other = await exchange(token, shop, await newCode())
    await exchange(token, shop, code)
    await exchange(token, shop, code)
    expect((await getAs(me, `Bearer ${other.body.access_token}`)).status).toBe(200)
  })

  it('is worth nothing after its time (control: just before, it is)', async () => {
    let time = 1_000_000
    const { token, code, newCode } = await signedIn({ now: () => time, codeLifetimeMs: 60_000 })
    const second = await newCode()
    time += 59_999
    expect((await exchange(token, shop, code)).status).toBe(200)
    time += 1
    expect(await exchange(token, shop, second)).toMatchObject(invalidCode)
  })

  it('never lives longer than a minute', async () => {
    await expect(startTestDiscord({ codeLifetimeMs: 60_001 })).rejects.toThrow(RangeError)
  })

  it('is worth nothing to another client, and then to nobody', async () => {
    const { token, code } = await signedIn()
    const stolen = await exchange(token, school, code, { redirect_uri: shop.redirectUris[0] })
    expect(stolen).toMatchObject(invalidCode)
    expect(await exchange(token, shop, code)).toMatchObject(invalidCode)
  })

  it('belongs to the redirect address of its request', async () => {
    const { token, newCode } = await signedIn()
    const wrong = await exchange(token, school, await newCode(school), {
      redirect_uri: school.redirectUris[1],
    })
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Invalid "redirect_uri" in request.' },
    })
    expect((await exchange(token, school, await newCode(school), { redirect_uri: null })).status).toBe(400)
    expect((await exchange(token, school, await newCode(school))).status).toBe(200)
  })

  it('that nobody was given is refused, and so is none', async () => {
    const { token } = await signedIn()
    expect(await exchange(token, shop, 'x'.repeat(32))).toMatchObject(invalidCode)
    expect(await exchange(token, shop, '', { code: null })).toMatchObject(invalidCode)
  })
})

describe('PKCE', () => {
  const { verifier, challenge } = newPkce()
  const s256 = { code_challenge: challenge, code_challenge_method: 'S256' }

  it('gives tokens to who has the verifier', async () => {
    const { token, code } = await signedIn({}, s256)
    expect((await exchange(token, shop, code, { code_verifier: verifier })).status).toBe(200)
  })

  it.each([
    ['none', null, 'Missing "code_verifier"'],
    ['another', newPkce().verifier, 'Invalid "code_verifier"'],
    ['the challenge itself', challenge, 'Invalid "code_verifier"'],
  ])('gives no tokens to who has %s, and uses the code up', async (_, given, error_description) => {
    const { token, code } = await signedIn({}, s256)
    expect(await exchange(token, shop, code, { code_verifier: given })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description },
    })
    expect(await exchange(token, shop, code, { code_verifier: verifier })).toMatchObject(invalidCode)
  })

  it('notices that the challenge was taken out of the request on its way', async () => {
    const { token, code } = await signedIn()
    const answer = await exchange(token, shop, code, { code_verifier: verifier })
    expect(answer).toMatchObject({ status: 400, body: { error_description: 'Invalid "code_verifier"' } })
  })
})

describe('client credentials', () => {
  const basic = (id: string, secret: string) => {
    const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
    return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`
  }
  const grant = (code: string) => ({
    grant_type: 'authorization_code',
    code,
    redirect_uri: shop.redirectUris[0],
  })

  it('may come as Basic authentication, encoded as the standard says', async () => {
    const { token, code } = await signedIn()
    const answer = await postForm(token, grant(code), { authorization: basic(shop.id, shop.secret) })
    expect(answer.status).toBe(200)
  })

  it.each([
    ['a wrong secret in the form', { client_id: shop.id, client_secret: 'wrong' }, undefined],
    ['no secret', { client_id: shop.id }, undefined],
    ["another client's secret", { client_id: shop.id, client_secret: school.secret }, undefined],
    ['nobody', {}, undefined],
    ['a wrong secret in the header', {}, basic(shop.id, 'wrong')],
    ['an unknown client', {}, basic('1190000000000000009', shop.secret)],
    ['a header that is no Basic', {}, `Bearer ${school.secret}`],
    [
      'a header that is no Basic over a good form',
      { client_id: shop.id, client_secret: shop.secret },
      'Bearer x',
    ],
    ['two clients at once', { client_id: school.id }, basic(shop.id, shop.secret)],
    [
      'a good form under a bad header',
      { client_id: shop.id, client_secret: shop.secret },
      basic(shop.id, 'wrong'),
    ],
  ])('are refused: %s', async (_, fields, authorization) => {
    const { token, code } = await signedIn()
    const answer = await postForm(
      token,
      { ...grant(code), ...fields },
      authorization === undefined ? {} : { authorization },
    )
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    // Whoever does not prove to be a client can't use up its code either.
    expect((await exchange(token, shop, code)).status).toBe(200)
  })
})

describe('the token endpoint', () => {
  it('takes forms only', async () => {
    const { token, code } = await signedIn()
    const response = await fetch(token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'authorization_code', code, client_id: shop.id }),
    })
    expect(await jsonOf(response)).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } })
  })

  it.each(['client_credentials', 'password'])('has no grant %s', async (grant_type) => {
    const { token, code } = await signedIn()
    expect(await exchange(token, shop, code, { grant_type })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    })
  })

  it('reads no secret from the address', async () => {
    const { token, code } = await signedIn()
    const query = new URLSearchParams({ client_id: shop.id, client_secret: shop.secret, code })
    expect((await fetch(`${token}?${query}`)).status).toBe(405)
    expect((await postForm(`${token}?${query}`, { grant_type: 'authorization_code' })).status).toBe(401)
  })
})

describe('a refresh token', () => {
  const refresh = (token: string, client: typeof shop | typeof school, refreshToken: unknown) =>
    postForm(token, {
      grant_type: 'refresh_token',
      client_id: client.id,
      client_secret: client.secret,
      refresh_token: String(refreshToken),
    })

  it('gives new tokens with the same scopes and ends the old ones', async () => {
    const { token, me, code } = await signedIn()
    const first = (await exchange(token, shop, code)).body
    const { status, body } = await refresh(token, shop, first.refresh_token)
    expect(status).toBe(200)
    expect(body).toMatchObject({ scope: 'identify email', token_type: 'Bearer' })
    expect((await getAs(me, `Bearer ${first.access_token}`)).status).toBe(401)
    expect((await getAs(me, `Bearer ${body.access_token}`)).status).toBe(200)
    expect((await refresh(token, shop, first.refresh_token)).status).toBe(400)
  })

  it('is worth nothing to another client (control: its own)', async () => {
    const { token, code } = await signedIn()
    const { body } = await exchange(token, shop, code)
    expect(await refresh(token, school, body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect((await refresh(token, shop, body.refresh_token)).status).toBe(200)
  })
})

describe('revocation', () => {
  it("ends the sign-in's tokens, for its own client only", async () => {
    const { discord, token, me, code } = await signedIn()
    const { body } = await exchange(token, shop, code)
    const revoke = (client: typeof shop | typeof school) =>
      postForm(`${discord.apiUrl}/oauth2/token/revoke`, {
        client_id: client.id,
        client_secret: client.secret,
        token: String(body.access_token),
      })
    expect((await revoke(school)).status).toBe(200)
    expect((await getAs(me, `Bearer ${body.access_token}`)).status).toBe(200)
    expect((await revoke(shop)).status).toBe(200)
    expect((await getAs(me, `Bearer ${body.access_token}`)).status).toBe(401)
  })
})
