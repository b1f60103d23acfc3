import {randomUUID} from 'node:crypto'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, it} from 'vitest'
import {linked, mirror, recordOfUser, requestLink, unlinked} from '../../../test/support/link'
import {toldPeer} from '../../../test/support/peer'
import {later} from '../../../test/support/purchase'
import {createUser} from '../../../test/support/shop'
import {world} from '../../../test/support/world'
import {sweepOutbox} from '../../cross-app/outbox/sweep-outbox'
import {getCsrfToken, getViewer, type RequestWithCookies} from '../auth'
import {hostContext} from '../host-context'
import {authAdapter} from './adapter'
import {confirmEmail} from './confirm-email'
import {discordProvider} from './discord-provider'
import {githubProvider} from './github-provider'
import {noteProviderSignIn} from './note-sign-in'
import {offeredProviders} from './offered-providers'

const {db} = hostContext
const adapter = authAdapter(hostContext)

describe('finding a user by an address', () => {
  it('finds the address in any letter case, and never one that only looks alike to the database', async () => {
    const name = randomUUID()
    const user = await createUser({email: `jose-${name}@example.com`})
    expect(await adapter.getUserByEmail?.(`JOSE-${name}@example.com`)).toMatchObject({id: user.id})
    expect(await adapter.getUserByEmail?.(`josé-${name}@example.com`)).toBeNull()
  })

  it('takes a mailed link only for the address it was mailed to', async () => {
    const name = randomUUID()
    const token = randomUUID()
    const expires = new Date(Date.now() + 60_000)
    await adapter.createVerificationToken?.({identifier: `josé-${name}@example.com`, token, expires})
    expect(await adapter.useVerificationToken?.({identifier: `jose-${name}@example.com`, token})).toBeNull()
  })
})

describe('confirming an address', () => {
  async function attach(userId: string, vouchedEmail: string | null) {
    const providerAccountId = randomUUID()
    await adapter.linkAccount?.({userId, type: 'oauth', provider: 'github', providerAccountId})
    if (vouchedEmail !== null) {
      await noteProviderSignIn(hostContext, {
        provider: 'github',
        providerAccountId,
        userId,
        vouchedEmail,
      })
    }
    return providerAccountId
  }

  it('detaches providers that did not vouch for that address, and keeps those that did', async () => {
    const user = await createUser({verified: false})
    const vouching = await attach(user.id, user.email)
    await attach(user.id, 'someone-else@example.com')
    await attach(user.id, null)
    await confirmEmail(hostContext, {userId: user.id})
    expect(await db.account.findMany({where: {userId: user.id}})).toMatchObject([
      {providerAccountId: vouching},
    ])
    expect(await db.user.findUnique({where: {id: user.id}})).toMatchObject({emailVerified: expect.any(Date)})
  })

  it('ends the link that a detached stranger may have made, before anything is known to be theirs', async () => {
    const user = await createUser({verified: false})
    await attach(user.id, 'someone-else@example.com')
    const jti = await requestLink(user.id)
    await mirror(linked(user.id))
    await confirmEmail(hostContext, {userId: user.id})
    expect((await recordOfUser(user.id)).unlinkRequest).toMatchObject({
      linkRevision: 1,
      by: 'not-me',
      release: true,
    })
    expect(await toldPeer('account/unlink-requested', user.id)).toMatchObject([{by: 'not-me', release: true}])
    // A token that the stranger still has links nobody.
    await mirror(unlinked(user.id, {by: 'not-me', released: true}))
    expect((await mirror(linked(user.id, {jti, linkRevision: 3}))).outcome).toBe('refused')
  })

  it('leaves the link alone when nobody was detached (control)', async () => {
    const user = await createUser({verified: false})
    await attach(user.id, user.email)
    await mirror(linked(user.id))
    await confirmEmail(hostContext, {userId: user.id})
    expect((await recordOfUser(user.id)).unlinkRequest).toBeNull()
  })

  it('detaches nothing of a user who had confirmed it before', async () => {
    const user = await createUser({verified: true})
    await attach(user.id, 'someone-else@example.com')
    await confirmEmail(hostContext, {userId: user.id})
    expect(await db.account.count({where: {userId: user.id}})).toBe(1)
  })

  it('is announced once, however many links are followed at the same moment', async () => {
    const user = await createUser({verified: false})
    await Promise.all(Array.from({length: 4}, () => confirmEmail(hostContext, {userId: user.id})))
    expect(await db.outbox.count({where: {happening: `user/email-verified:${user.id}`}})).toBe(1)
    expect(await db.auditEvent.count({where: {subject: user.id, action: 'user.email-verified'}})).toBe(1)
  })
})

describe('a session', () => {
  async function request(cookie: string | null): Promise<RequestWithCookies> {
    const cookies = cookie === null ? {} : {'tt-test.session-token': cookie}
    return {headers: {}, cookies} as unknown as RequestWithCookies
  }
  const sign = async (token: Record<string, unknown>, secret = process.env.NEXTAUTH_SECRET ?? '') => {
    const {encode} = await import('next-auth/jwt')
    return encode({token, secret})
  }
  const viewerOf = async (cookie: string | null) =>
    getViewer(await request(cookie), {} as Parameters<typeof getViewer>[1])

  it('names its user as the database has them now', async () => {
    const user = await createUser()
    const cookie = await sign({sub: user.id, role: 'ADMIN', signedInBy: 'email'})
    expect(await viewerOf(cookie)).toMatchObject({id: user.id, email: user.email, role: 'USER'})
    await db.user.update({where: {id: user.id}, data: {roles: 'ADMIN'}})
    expect(await viewerOf(cookie)).toMatchObject({role: 'ADMIN'})
    await db.user.delete({where: {id: user.id}})
    expect(await viewerOf(cookie)).toBeNull()
  })

  it('made through a provider ends when the provider is detached', async () => {
    const user = await createUser()
    const providerAccountId = randomUUID()
    await adapter.linkAccount?.({userId: user.id, type: 'oauth', provider: 'github', providerAccountId})
    const cookie = await sign({sub: user.id, signedInBy: `github:${providerAccountId}`})
    expect(await viewerOf(cookie)).toMatchObject({id: user.id})
    await db.account.deleteMany({where: {userId: user.id}})
    expect(await viewerOf(cookie)).toBeNull()
  })

  it('signed with another secret is none', async () => {
    const user = await createUser()
    const forged = await sign({sub: user.id, signedInBy: 'email'}, 'another-secret-of-at-least-32-bytes')
    expect(await viewerOf(forged)).toBeNull()
    expect(await viewerOf(null)).toBeNull()
  })
})

describe('getCsrfToken', () => {
  it('sets its cookie once, and takes none that it did not make', async () => {
    const set: string[] = []
    const response = {
      appendHeader: (_: string, value: string) => set.push(value),
    } as unknown as Parameters<typeof getCsrfToken>[1]
    const ask = (cookies: Record<string, string>) =>
      getCsrfToken({headers: {}, cookies} as unknown as RequestWithCookies, response)
    const token = await ask({})
    const [cookie] = set
    expect(cookie).toMatch(/^tt-test\.csrf-token=.*; Path=\/; HttpOnly; SameSite=Lax$/)
    const value = decodeURIComponent(cookie!.slice(cookie!.indexOf('=') + 1, cookie!.indexOf(';')))
    expect(await ask({'tt-test.csrf-token': value})).toBe(token)
    expect(set).toHaveLength(1)
    expect(await ask({'tt-test.csrf-token': 'mine|made-up'})).not.toBe('mine')
  })
})

/** A provider's API: answers `Bearer good` by path, and nobody else. */
async function withProviderApi<Result>(
  answers: Record<string, unknown>,
  work: (apiBaseUrl: string) => Promise<Result>,
): Promise<Result> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    if (request.headers.authorization !== 'Bearer good' || answer === undefined) {
      response.writeHead(401).end('{}')
      return
    }
    response.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => server.close())
}

const readUserinfo = (
  provider: ReturnType<typeof githubProvider>,
  accessToken: string | undefined,
): Promise<unknown> => {
  const userinfo = provider.userinfo as {request(input: unknown): Promise<unknown>}
  return userinfo.request({tokens: {access_token: accessToken}})
}

describe('signing in with GitHub', () => {
  const profileFrom = (
    emails: {email: string; primary: boolean; verified: boolean}[],
    accessToken: string | undefined,
  ) =>
    withProviderApi(
      {'/user': {id: 3, login: 'ada', email: 'shown@example.com'}, '/user/emails': emails},
      (apiBaseUrl) =>
        readUserinfo(
          githubProvider({clientId: 'x', clientSecret: 'y', baseUrl: apiBaseUrl, apiBaseUrl}),
          accessToken,
        ),
    )

  it('uses the primary address that GitHub has verified', async () => {
    const emails = [
      {email: 'other@example.com', primary: false, verified: true},
      {email: 'Ada@Example.com', primary: true, verified: true},
    ]
    expect(await profileFrom(emails, 'good')).toMatchObject({id: '3', email: 'ada@example.com', name: 'ada'})
  })

  it('takes no address from an account that has no verified primary one', async () => {
    const emails = [
      {email: 'ada@example.com', primary: true, verified: false},
      {email: 'other@example.com', primary: false, verified: true},
    ]
    expect(await profileFrom(emails, 'good')).not.toHaveProperty('email')
  })

  it.each([
    ['without an access token', undefined],
    ['with a token that GitHub refuses', 'bad'],
  ])('fails %s', async (_, token) => {
    const emails = [{email: 'ada@example.com', primary: true, verified: true}]
    await expect(profileFrom(emails, token)).rejects.toThrow(/GitHub/)
  })
})

describe('signing in with Discord', () => {
  const ada = {id: '190000000000000001', username: 'ada', email: 'Ada@Example.com', verified: true}
  const profileFrom = (user: object, accessToken: string | undefined = 'good') =>
    withProviderApi({'/users/@me': user}, (apiBaseUrl) =>
      readUserinfo(
        discordProvider({clientId: 'x', clientSecret: 'y', baseUrl: apiBaseUrl, apiBaseUrl}),
        accessToken,
      ),
    )

  it('uses the address that Discord has verified, and the name people see', async () => {
    expect(await profileFrom({...ada, global_name: 'Ada L.'})).toMatchObject({
      id: ada.id,
      name: 'Ada L.',
      email: 'ada@example.com',
    })
  })

  it.each([
    ['has none', {email: null}],
    ['has one that nobody confirmed', {verified: false}],
    ['does not say whether it is confirmed', {verified: null}],
  ])('takes no address from an account that %s', async (_, over) => {
    expect(await profileFrom({...ada, ...over})).not.toHaveProperty('email')
  })

  it.each([
    ['without an access token', ''],
    ['with a token that Discord refuses', 'bad'],
  ])('fails %s', async (_, token) => {
    await expect(profileFrom(ada, token)).rejects.toThrow(/Discord/)
  })

  it('is offered only where it has keys', () => {
    expect(offeredProviders({DISCORD_CLIENT_ID: undefined}).map(({id}) => id)).toEqual(['github'])
    expect(offeredProviders({DISCORD_CLIENT_ID: '1'}).map(({id}) => id)).toEqual(['github', 'discord'])
  })
})

describe('a sign-in through a provider', () => {
  const signIn = (userId: string, providerAccountId: string) =>
    noteProviderSignIn(hostContext, {
      provider: 'github',
      providerAccountId,
      userId,
      vouchedEmail: 'ada@example.com',
    })
  const announced = (userId: string) =>
    world.eventApi.received.filter(
      (event) => event.key === 'tt-key' && event.name === 'user/signed-in' && event.data.userId === userId,
    )

  it('is announced in-app, each time, with ids only', async () => {
    const {id} = await createUser()
    const providerAccountId = randomUUID()
    await signIn(id, providerAccountId)
    await signIn(id, providerAccountId)
    expect(announced(id).map(({data}) => data)).toEqual([
      {userId: id, provider: 'github', providerAccountId},
      {userId: id, provider: 'github', providerAccountId},
    ])
  })

  it('is noted, and announced by the sweep, when this app’s Inngest is away', async () => {
    const {id} = await createUser()
    world.eventApi.behaviourOf['tt-key'] = 'unavailable'
    await signIn(id, randomUUID())
    delete world.eventApi.behaviourOf['tt-key']
    expect(announced(id)).toEqual([])
    await sweepOutbox(later(60 * 60_000))
    expect(announced(id)).toHaveLength(1)
  })
})
