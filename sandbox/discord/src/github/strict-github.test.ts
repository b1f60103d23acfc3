import { describe, expect, it, onTestFinished } from 'vitest'
import {
  authorizeParameters,
  exchange,
  getAs,
  newPkce,
  postForm,
  pressButton,
  school,
  shop,
  signInForCode,
  statusOf,
} from '../testing/test-client.ts'
import { type StrictGithubOptions, startStrictGitHub } from './start-strict-github.ts'

const ada = {
  id: '3',
  login: 'ada-park',
  name: 'Ada Park',
  emails: [
    { email: 'old@example.com', primary: false, verified: false },
    { email: 'ada@example.com', primary: true, verified: true },
  ],
}

async function start(options: Partial<StrictGithubOptions> = {}) {
  const github = await startStrictGitHub({ clients: [shop, school], users: [ada], ...options })
  onTestFinished(() => github.close())
  const authorize = `${github.url}/login/oauth/authorize`
  const token = `${github.url}/login/oauth/access_token`
  const scope = { scope: 'read:user user:email' }
  const newCode = (changes: Record<string, string | null> = {}, userId = ada.id) =>
    signInForCode(authorize, shop, userId, { ...scope, ...changes })
  const bearerOf = async (code: string) => `Bearer ${(await exchange(token, shop, code)).body.access_token}`
  return { github, authorize, token, newCode, bearerOf, scope }
}

const badCode = { status: 200, body: { error: 'bad_verification_code' } }
const badCredentials = { status: 401, body: { message: 'Bad credentials' } }

describe('strict GitHub sign-in', () => {
  it('shows the users, and answers as github.com does', async () => {
    const { github, authorize, scope } = await start()
    const url = `${authorize}?${authorizeParameters(shop, scope)}`
    expect(await (await fetch(url)).text()).toContain('Sign in to The Shop with GitHub')
    const { location } = await pressButton(url, { user_id: ada.id })
    expect(location?.searchParams.get('iss')).toBe(`${github.url}/login/oauth`)
    expect(location?.searchParams.get('state')).toBe('the-state')
  })

  it.each([
    [{ redirect_uri: 'http://evil.test/' }, 400],
    [{ client_id: 'nobody' }, 400],
    [{ state: null }, 303],
    [{ scope: 'repo' }, 303],
    [{ code_challenge: 'x', code_challenge_method: 'plain' }, 303],
  ])('gives no code for %j', async (changes, status) => {
    const { authorize, scope } = await start()
    const answer = await pressButton(`${authorize}?${authorizeParameters(shop, { ...scope, ...changes })}`, {
      user_id: ada.id,
    })
    expect(answer.status).toBe(status)
    expect(answer.location?.searchParams.has('code') ?? false).toBe(false)
  })

  it('happens without a click when told who signs in next', async () => {
    const { github, authorize, scope } = await start()
    const grace = github.addUser({ login: 'grace' })
    github.signInNext(grace.id)
    github.signInNext(ada.id)
    const url = `${authorize}?${authorizeParameters(shop, scope)}`
    for (let times = 0; times < 2; times += 1) {
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
    }
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(200)
    expect(() => github.signInNext('99')).toThrow('There is no user 99.')
  })
})

describe('strict GitHub tokens', () => {
  it('come as JSON or as a form, as asked for', async () => {
    const { token, newCode } = await start()
    expect(await exchange(token, shop, await newCode())).toMatchObject({
      status: 200,
      body: {
        token_type: 'bearer',
        scope: 'read:user,user:email',
        access_token: expect.stringMatching(/^gho_/),
      },
    })
    const response = await fetch(token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: shop.id,
        client_secret: shop.secret,
        code: await newCode(),
        redirect_uri: shop.redirectUris[0],
      }),
    })
    expect(response.headers.get('content-type')).toContain('application/x-www-form-urlencoded')
    expect(new URLSearchParams(await response.text()).get('access_token')).toMatch(/^gho_/)
  })

  it('are refused with status 200 and an error, as GitHub does', async () => {
    const { token, newCode } = await start()
    expect(await exchange(token, shop, 'invented')).toMatchObject(badCode)
    expect(await exchange(token, shop, await newCode(), { client_secret: 'wrong' })).toMatchObject({
      status: 200,
      body: { error: 'incorrect_client_credentials' },
    })
    const elsewhere = { redirect_uri: 'http://shop.test:3000/other' }
    expect(await exchange(token, shop, await newCode(), elsewhere)).toMatchObject({
      status: 200,
      body: { error: 'redirect_uri_mismatch' },
    })
    expect(await exchange(token, school, await newCode())).toMatchObject(badCode)
    const { body } = await postForm(token, {
      client_id: shop.id,
      client_secret: shop.secret,
      code: await newCode(),
      redirect_uri: shop.redirectUris[0],
    })
    expect(body).toHaveProperty('access_token')
  })

  it('need the verifier of the challenge (control: with it they are given)', async () => {
    const { token, newCode } = await start()
    const { verifier, challenge } = newPkce()
    const s256 = { code_challenge: challenge, code_challenge_method: 'S256' }
    expect(await exchange(token, shop, await newCode(s256))).toMatchObject(badCode)
    expect(
      await exchange(token, shop, await newCode(s256), { code_verifier: newPkce().verifier }),
    ).toMatchObject(badCode)
    const good = await exchange(token, shop, await newCode(s256), { code_verifier: verifier })
    expect(good.body).toHaveProperty('access_token')
  })

  it('end when their code is used again', async () => {
    const { github, token, newCode } = await start()
    const code = await newCode()
    const { body } = await exchange(token, shop, code)
    expect(await exchange(token, shop, code)).toMatchObject(badCode)
    expect(await getAs(`${github.url}/user`, `Bearer ${body.access_token}`)).toMatchObject(badCredentials)
  })
})

describe('strict GitHub users', () => {
  it('are told with their number, and with all their addresses', async () => {
    const { github, newCode, bearerOf } = await start()
    const bearer = await bearerOf(await newCode())
    expect(await getAs(`${github.url}/user`, bearer)).toMatchObject({
      status: 200,
      body: { id: 3, login: 'ada-park', name: 'Ada Park', email: null, type: 'User' },
    })
    expect((await getAs(`${github.url}/user/emails`, bearer)).body).toEqual([
      { email: 'old@example.com', primary: false, verified: false, visibility: null },
      { email: 'ada@example.com', primary: true, verified: true, visibility: 'private' },
    ])
  })

  it.each(['Bearer gho_invented', 'Bearer', 'token gho_invented', 'Basic YTpi'])(
    'are not told to %j (control: the good token)',
    async (authorization) => {
      const { github, newCode, bearerOf } = await start()
      expect(await getAs(`${github.url}/user`, authorization)).toMatchObject(badCredentials)
      expect(await getAs(`${github.url}/user/emails`, authorization)).toMatchObject(badCredentials)
      expect((await getAs(`${github.url}/user`, await bearerOf(await newCode()))).status).toBe(200)
    },
  )

  it('are not told to nobody', async () => {
    const { github } = await start()
    expect(await getAs(`${github.url}/user`, undefined)).toMatchObject({
      status: 401,
      body: { message: 'Requires authentication' },
    })
  })

  it('are not told to a program that does not say what it is', async () => {
    const { github, newCode, bearerOf } = await start()
    const authorization = await bearerOf(await newCode())
    expect(await statusOf(`${github.url}/user`, { authorization })).toBe(403)
    expect(await statusOf(`${github.url}/user`, { authorization, 'user-agent': 'the shop' })).toBe(200)
  })

  it('keep their addresses to themselves without the scope', async () => {
    const { github, newCode, bearerOf } = await start()
    const bearer = await bearerOf(await newCode({ scope: 'read:user' }))
    expect((await getAs(`${github.url}/user`, bearer)).status).toBe(200)
    expect((await getAs(`${github.url}/user/emails`, bearer)).status).toBe(404)
  })

  it('may have no address, an unverified one, and change them', async () => {
    const { github, newCode, bearerOf } = await start()
    const mallory = github.addUser({ login: 'mallory' })
    const bearer = await bearerOf(await newCode({}, mallory.id))
    expect((await getAs(`${github.url}/user/emails`, bearer)).body).toEqual([])
    github.changeUser(mallory.id, {
      emails: [{ email: 'ada@example.com', primary: true, verified: false }],
    })
    expect((await getAs(`${github.url}/user/emails`, bearer)).body).toMatchObject([{ verified: false }])
    expect(() => github.changeUser('99', {})).toThrow('There is no user 99.')
  })
})
