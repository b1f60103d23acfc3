import { describe, expect, it } from 'vitest'
import {
  ada,
  exchange,
  getAs,
  jsonOf,
  school,
  shop,
  signInForCode,
  startTestDiscord,
} from '../testing/test-client.ts'

const ben = { id: '1180000000000000002', username: 'ben', global_name: null, email: null, verified: false }
const guild = {
  id: '1170000000000000001',
  name: 'The Server',
  botClientIds: [shop.id],
  roles: [{ id: '1170000000000000011', name: 'Buyers' }],
  members: [{ userId: ben.id, roles: [] }],
}
const ROLE = '1170000000000000011'

async function start() {
  const discord = await startTestDiscord({ users: [ada, ben], guilds: [guild] })
  const call = async (method: string, path: string, authorization: string, body?: unknown) =>
    jsonOf(
      await fetch(`${discord.apiUrl}/v10${path}`, {
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  const accessToken = async (client: typeof shop | typeof school, scope = 'identify guilds.join') => {
    const code = await signInForCode(`${discord.url}/oauth2/authorize`, client, ada.id, { scope })
    return (await exchange(`${discord.apiUrl}/oauth2/token`, client, code)).body.access_token
  }
  return {
    discord,
    call,
    accessToken,
    bot: `Bot ${shop.botToken}`,
    member: `/guilds/${guild.id}/members/${ada.id}`,
  }
}

describe('guild members', () => {
  it('are let in with their own token, once, and are found then', async () => {
    const { call, accessToken, bot, member } = await start()
    expect(await call('GET', member, bot)).toMatchObject({ status: 404, body: { code: 10007 } })
    const token = await accessToken(shop)
    const added = await call('PUT', member, bot, { access_token: token, roles: [ROLE] })
    expect(added).toMatchObject({
      status: 201,
      body: {
        user: { id: ada.id, username: 'ada.park' },
        roles: [ROLE],
        nick: null,
        deaf: false,
        mute: false,
      },
    })
    expect(added.body.joined_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
    expect(added.body.user).not.toHaveProperty('email')
    expect((await call('PUT', member, bot, { access_token: token })).status).toBe(204)
    expect(await call('GET', member, bot)).toMatchObject({ status: 200, body: { roles: [ROLE] } })
  })

  it("are not let in without the scope, with another client's token, or with somebody else's", async () => {
    const { call, accessToken, bot, member } = await start()
    const put = (access_token: unknown, path = member) => call('PUT', path, bot, { access_token })
    const refused = { status: 403, body: { message: 'Invalid OAuth2 access token', code: 50025 } }
    expect(await put(await accessToken(shop, 'identify'))).toMatchObject(refused)
    expect(await put(await accessToken(school))).toMatchObject(refused)
    expect(await put(await accessToken(shop), `/guilds/${guild.id}/members/${ben.id}`)).toMatchObject(refused)
    expect(await put('invented')).toMatchObject(refused)
    expect(await put(undefined)).toMatchObject({ status: 400, body: { code: 50035 } })
    expect((await put(await accessToken(shop))).status).toBe(201)
  })

  it('get and lose roles, any number of times', async () => {
    const { call, bot } = await start()
    const path = `/guilds/${guild.id}/members/${ben.id}`
    for (const method of ['PUT', 'PUT', 'DELETE', 'DELETE', 'PUT']) {
      expect((await call(method, `${path}/roles/${ROLE}`, bot)).status).toBe(204)
    }
    expect((await call('GET', path, bot)).body.roles).toEqual([ROLE])
  })

  it('get no role that the guild does not have, and nobody gets one who is not in it', async () => {
    const { call, bot, member } = await start()
    const wrongRole = `/guilds/${guild.id}/members/${ben.id}/roles/1170000000000000099`
    expect(await call('PUT', wrongRole, bot)).toMatchObject({ status: 404, body: { code: 10011 } })
    expect(await call('PUT', `${member}/roles/${ROLE}`, bot)).toMatchObject({
      status: 404,
      body: { code: 10007 },
    })
  })

  it('are nobody’s business but the bots of the guild', async () => {
    const { discord, call, accessToken, bot } = await start()
    const path = `/guilds/${guild.id}/members/${ben.id}`
    expect(await call('GET', path, `Bot ${school.botToken}`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    })
    expect((await call('GET', path, 'Bot invented')).status).toBe(401)
    expect((await call('GET', path, `Bearer ${await accessToken(shop)}`)).status).toBe(401)
    expect((await call('PUT', `${path}/roles/${ROLE}`, `Bearer ${await accessToken(shop)}`)).status).toBe(401)
    expect((await getAs(`${discord.apiUrl}${path}`, undefined)).status).toBe(401)
    expect((await call('GET', path, bot)).status).toBe(200)
    expect(await call('GET', path.replace(guild.id, '1170000000000000002'), bot)).toMatchObject({
      status: 404,
      body: { code: 10004 },
    })
  })
})
