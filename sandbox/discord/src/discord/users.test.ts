import { describe, expect, it } from 'vitest'
import { ada, exchange, getAs, shop, signInForCode, startTestDiscord } from '../testing/test-client.ts'

async function tokenFor(userId: string, scope: string, options: Parameters<typeof startTestDiscord>[0] = {}) {
  const discord = await startTestDiscord(options)
  const code = await signInForCode(`${discord.url}/oauth2/authorize`, shop, userId, { scope })
  const { body } = await exchange(`${discord.apiUrl}/oauth2/token`, shop, code)
  return { discord, me: `${discord.apiUrl}/users/@me`, bearer: `Bearer ${body.access_token}` }
}

const unauthorized = { status: 401, body: { message: '401: Unauthorized', code: 0 } }

describe('users/@me', () => {
  it("has Discord's fields", async () => {
    const { me, bearer } = await tokenFor(ada.id, 'identify email')
    expect(await getAs(me, bearer)).toMatchObject({
      status: 200,
      body: {
        id: ada.id,
        username: 'ada.park',
        discriminator: '0',
        global_name: 'Ada Park',
        avatar: null,
        banner: null,
        accent_color: null,
        locale: 'en-US',
        mfa_enabled: false,
        public_flags: 0,
        flags: 0,
        avatar_decoration_data: null,
        email: 'ada@example.com',
        verified: true,
      },
    })
  })

  it('answers under a version that Discord still has, and under no other', async () => {
    const { discord, bearer } = await tokenFor(ada.id, 'identify')
    for (const version of ['v9', 'v10']) {
      expect((await getAs(`${discord.apiUrl}/${version}/users/@me`, bearer)).status).toBe(200)
    }
    expect(await getAs(`${discord.apiUrl}/v8/users/@me`, bearer)).toMatchObject({
      status: 400,
      body: { code: 50041 },
    })
  })

  it('tells the address only with the scope email', async () => {
    const { me, bearer } = await tokenFor(ada.id, 'identify')
    const { status, body } = await getAs(me, bearer)
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('email')
    expect(body).not.toHaveProperty('verified')
  })

  it('says null for who has no address, and false for one that was never confirmed', async () => {
    const phoneOnly = { ...ada, email: null, verified: false }
    const first = await tokenFor(ada.id, 'identify email', { users: [phoneOnly] })
    expect((await getAs(first.me, first.bearer)).body).toMatchObject({ email: null, verified: false })
    const unconfirmed = { ...ada, verified: false }
    const second = await tokenFor(ada.id, 'identify email', { users: [unconfirmed] })
    expect((await getAs(second.me, second.bearer)).body).toMatchObject({
      email: 'ada@example.com',
      verified: false,
    })
  })

  it.each([
    ['none', () => undefined],
    ['an invented one', () => 'Bearer abcdefghijklmnopqrstuvwxyz012345'],
    ['an empty one', () => 'Bearer '],
    ['the good one as a bot token', (bearer: string) => bearer.replace('Bearer', 'Bot')],
    ['the good one without a scheme', (bearer: string) => bearer.replace('Bearer ', '')],
    ['the good one with something behind it', (bearer: string) => `${bearer} more`],
    ['the good one in lower case', (bearer: string) => `Bearer ${bearer.slice(7).toLowerCase()}`],
    ["a client's secret", () => `Bearer ${encodeURIComponent(shop.secret)}`],
  ])('is closed to a wrong token (control: the good one): %s', async (_, wrong) => {
    const { me, bearer } = await tokenFor(ada.id, 'identify')
    expect(await getAs(me, wrong(bearer))).toMatchObject(unauthorized)
    expect((await getAs(me, bearer)).status).toBe(200)
  })

  it('is closed to a token from another stand-in', async () => {
    const { bearer } = await tokenFor(ada.id, 'identify')
    const other = await tokenFor(ada.id, 'identify')
    expect(await getAs(other.me, bearer)).toMatchObject(unauthorized)
  })

  it('is closed to a token that was given for something else', async () => {
    const { me, bearer } = await tokenFor(ada.id, 'email guilds.join')
    expect(await getAs(me, bearer)).toMatchObject(unauthorized)
  })

  it('is closed to an expired token (control: just before, it is not)', async () => {
    let time = 1_000_000
    const { me, bearer } = await tokenFor(ada.id, 'identify', {
      now: () => time,
      accessTokenLifetimeMs: 5_000,
    })
    time += 4_999
    expect((await getAs(me, bearer)).status).toBe(200)
    time += 1
    expect(await getAs(me, bearer)).toMatchObject(unauthorized)
  })
})
