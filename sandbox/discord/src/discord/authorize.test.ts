import { describe, expect, it } from 'vitest'
import {
  ada,
  authorizeParameters,
  newPkce,
  pressButton,
  school,
  shop,
  startTestDiscord,
  statusOf,
} from '../testing/test-client.ts'

async function ask(changes: Record<string, string | null> = {}, path = '/oauth2/authorize') {
  const discord = await startTestDiscord()
  const url = `${discord.url}${path}?${authorizeParameters(shop, changes)}`
  const response = await fetch(url, { redirect: 'manual' })
  const location = response.headers.get('location')
  return {
    discord,
    url,
    status: response.status,
    headers: response.headers,
    location: location === null ? undefined : new URL(location),
    text: await response.text(),
  }
}

describe('the sign-in page', () => {
  it.each(['/oauth2/authorize', '/api/oauth2/authorize', '/api/v10/oauth2/authorize'])(
    'is at %s, as at Discord',
    async (path) => {
      const { status, text } = await ask({}, path)
      expect(status).toBe(200)
      expect(text).toContain('Sign in to The Shop with Discord')
    },
  )

  it('has a button for each user, and says that it is a stand-in', async () => {
    const { text } = await ask()
    expect(text.match(/<button class="person"/g)).toHaveLength(1)
    expect(text).toContain('Ada Park')
    expect(text).toContain('ada.park')
    expect(text).toContain('Stand-in')
  })

  it('shows names as text, whatever is in them', async () => {
    const { discord, url } = await ask()
    discord.addUser({ username: 'mallory', global_name: '<script>alert(1)</script>' })
    const text = await (await fetch(url)).text()
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toContain('<script')
  })

  it('is not there under a name that somebody else may own (control: its own names)', async () => {
    const { discord, url } = await ask()
    expect(await statusOf(url, { host: `evil.test:${discord.port}` })).toBe(421)
    expect(await statusOf(`${discord.url}/`, { host: 'evil.test' })).toBe(421)
    expect(await statusOf(url, { host: `localhost:${discord.port}` })).toBe(200)
  })

  it("can't be framed and can't be kept", async () => {
    const { headers } = await ask()
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('sends the browser back with a code, the state as it came, and who answers', async () => {
    const { discord, url } = await ask({ state: 'a state & more=1' })
    const { status, location } = await pressButton(url, { user_id: ada.id })
    expect(status).toBe(303)
    expect(`${location?.origin}${location?.pathname}`).toBe(shop.redirectUris[0])
    expect(location?.searchParams.get('state')).toBe('a state & more=1')
    expect(location?.searchParams.get('iss')).toBe(discord.url)
    expect(location?.searchParams.get('code')).toMatch(/^[\w-]{32}$/)
  })

  it('names itself as it is told to, or not at all', async () => {
    for (const issuer of ['https://somebody.else', null]) {
      const discord = await startTestDiscord({ issuer })
      const url = `${discord.url}/oauth2/authorize?${authorizeParameters(shop)}`
      const { location } = await pressButton(url, { user_id: ada.id })
      expect(location?.searchParams.get('iss')).toBe(issuer)
    }
  })

  it('tells the app when the person cancels', async () => {
    const { url } = await ask()
    const { location } = await pressButton(url, { cancel: '1' })
    expect(location?.searchParams.get('error')).toBe('access_denied')
    expect(location?.searchParams.get('state')).toBe('the-state')
    expect(location?.searchParams.has('code')).toBe(false)
  })

  it('gives no code for somebody who is not a user', async () => {
    const { url } = await ask()
    expect(await pressButton(url, { user_id: '1180000000000009999' })).toMatchObject({
      status: 400,
      location: undefined,
    })
  })

  it('takes no form from another site (control: its own is taken)', async () => {
    const { url } = await ask()
    const post = (headers: Record<string, string>) =>
      fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ user_id: ada.id }),
        headers,
        redirect: 'manual',
      })
    expect((await post({ origin: 'http://evil.test' })).status).toBe(403)
    expect((await post({ origin: 'null' })).status).toBe(403)
    expect((await post({})).status).toBe(403)
    expect((await post({ origin: new URL(url).origin, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post({ origin: new URL(url).origin })).status).toBe(303)
  })
})

describe('a request that names no place to answer to', () => {
  it.each([
    ['an unknown client', { client_id: '1190000000000000009' }],
    ['no client', { client_id: null }],
    ['no redirect address', { redirect_uri: null }],
    ["another client's redirect address", { redirect_uri: school.redirectUris[0] }],
    ['a longer path', { redirect_uri: `${shop.redirectUris[0]}/more` }],
    ['another port', { redirect_uri: 'http://shop.test:3001/api/auth/callback' }],
    ['a query of its own', { redirect_uri: `${shop.redirectUris[0]}?next=//evil.test` }],
    ['another case', { redirect_uri: 'http://SHOP.test:3000/api/auth/callback' }],
    ['somebody in front', { redirect_uri: 'http://shop.test:3000@evil.test/api/auth/callback' }],
  ] as const)('gets a page and no redirect: %s', async (_, changes) => {
    const { status, location, text, url } = await ask(changes)
    expect({ status, location }).toEqual({ status: 400, location: undefined })
    expect(text).not.toContain('class="person"')
    // Nor does a form that skips the page.
    expect(await pressButton(url, { user_id: ada.id })).toMatchObject({ status: 400, location: undefined })
  })

  it('gets a page when the redirect address comes twice (control: once is fine)', async () => {
    const { url, status } = await ask()
    expect(status).toBe(200)
    const twice = `${url}&redirect_uri=${encodeURIComponent('http://evil.test/')}`
    expect((await fetch(twice, { redirect: 'manual' })).status).toBe(400)
  })
})

describe('a request that is wrong otherwise', () => {
  const { challenge } = newPkce()
  it.each([
    ['without state', { state: null }, 'invalid_request'],
    ['with an empty state', { state: '' }, 'invalid_request'],
    ['without response_type', { response_type: null }, 'invalid_request'],
    ['for a token instead of a code', { response_type: 'token' }, 'unsupported_response_type'],
    ['without scope', { scope: null }, 'invalid_scope'],
    ['for a scope that does not exist', { scope: 'identify everything' }, 'invalid_scope'],
    ['with plain PKCE', { code_challenge: challenge, code_challenge_method: 'plain' }, 'invalid_request'],
    ['with PKCE of no method, which means plain', { code_challenge: challenge }, 'invalid_request'],
    ['with a method and no challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
    [
      'with a challenge that is no SHA-256',
      { code_challenge: 'short', code_challenge_method: 'S256' },
      'invalid_request',
    ],
  ] as const)('is answered to the app: %s', async (_, changes, error) => {
    const { location } = await ask(changes)
    expect(`${location?.origin}${location?.pathname}`).toBe(shop.redirectUris[0])
    expect(location?.searchParams.get('error')).toBe(error)
    expect(location?.searchParams.has('code')).toBe(false)
  })

  it('is answered to the app when the state comes twice', async () => {
    const { url } = await ask()
    const response = await fetch(`${url}&state=another`, { redirect: 'manual' })
    const location = new URL(response.headers.get('location') ?? '')
    expect(location.searchParams.get('error')).toBe('invalid_request')
    expect(location.searchParams.has('state')).toBe(false)
  })

  it('is not wrong with S256 (control)', async () => {
    const { status } = await ask({ code_challenge: challenge, code_challenge_method: 'S256' })
    expect(status).toBe(200)
  })
})

describe('the next sign-in', () => {
  it('happens without a click, once', async () => {
    const { discord, url } = await ask()
    discord.signInNext(ada.id)
    const first = await fetch(url, { redirect: 'manual' })
    expect(new URL(first.headers.get('location') ?? '').searchParams.has('code')).toBe(true)
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(200)
  })

  it('waits for the application it is meant for', async () => {
    const { discord, url } = await ask()
    discord.signInNext(ada.id, { clientId: school.id })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(200)
    const atSchool = `${discord.url}/oauth2/authorize?${authorizeParameters(school)}`
    expect((await fetch(atSchool, { redirect: 'manual' })).status).toBe(303)
  })

  it('may be a refusal', async () => {
    const { discord, url } = await ask()
    discord.signInNext(null)
    const response = await fetch(url, { redirect: 'manual' })
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('access_denied')
  })

  it('is not used up by a request that is refused', async () => {
    const { discord, url } = await ask()
    discord.signInNext(ada.id)
    await fetch(`${url}&state=another`, { redirect: 'manual' })
    await fetch(`${url}&client_id=${school.id}`, { redirect: 'manual' })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
  })
})

describe('the controls', () => {
  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })

  it('add a user and let them sign in, from another process', async () => {
    const discord = await startTestDiscord()
    const added = await post(`${discord.url}/stand-in/users`, {
      username: 'new.person',
      email: 'n@example.com',
    })
    expect(added.status).toBe(201)
    const user = (await added.json()) as { id: string }
    expect(user).toMatchObject({ username: 'new.person', global_name: null, verified: false })
    expect(user.id).toMatch(/^\d{17,20}$/)
    expect((await post(`${discord.url}/stand-in/next-sign-in`, { userId: user.id })).status).toBe(204)
    const url = `${discord.url}/oauth2/authorize?${authorizeParameters(shop)}`
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
  })

  it('say what is wrong with a user', async () => {
    const discord = await startTestDiscord()
    const answer = await post(`${discord.url}/stand-in/users`, { username: 'No Name!' })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({
      message: 'body.username should be 2 to 32 lower-case letters, digits, dots or underscores.',
    })
    expect((await post(`${discord.url}/stand-in/users`, ada)).status).toBe(400)
    expect((await post(`${discord.url}/stand-in/next-sign-in`, { userId: 'nobody' })).status).toBe(400)
  })

  it("take nothing that another site's page could send without asking first", async () => {
    const discord = await startTestDiscord()
    const answer = await fetch(`${discord.url}/stand-in/next-sign-in`, {
      method: 'POST',
      body: JSON.stringify({ userId: ada.id }),
      headers: { 'content-type': 'text/plain' },
    })
    expect(answer.status).toBe(405)
    const asked = await fetch(`${discord.url}/stand-in/next-sign-in`, { method: 'OPTIONS' })
    expect(asked.headers.get('access-control-allow-origin')).toBeNull()
  })
})
