import {randomUUID} from 'node:crypto'
import {createBridge} from '@cross-app/shared'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import deleteAccount from '../src/pages/api/account/delete'
import initiate from '../src/pages/api/account-link/initiate'
import notMe from '../src/pages/api/account-link/not-me'
import unlink from '../src/pages/api/account-link/unlink'
import confirmEmail from '../src/pages/api/confirm-email'
import {hostContext} from '../src/server/host-context'
import {createBrowser, locationOf, signedInAs} from './support/browser'
import {auditOfUser, linked, linkedUser, mirror, recordOfUser, unlinked} from './support/link'
import {peerBridge, toldPeer} from './support/peer'
import {type serveRoute as Serve, serveRoute} from './support/serve-route'
import {createUser} from './support/shop'
import {world} from './support/world'

const {db} = hostContext
const handlers = {initiate, unlink, notMe, deleteAccount, confirmEmail}
type Route = keyof typeof handlers
const urls = {} as Record<Route, string>
const served: Awaited<ReturnType<typeof Serve>>[] = []

beforeAll(async () => {
  for (const name of Object.keys(handlers) as Route[]) {
    const route = await serveRoute(handlers[name], {parseBody: true})
    served.push(route)
    urls[name] = route.url
  }
})
afterAll(() => Promise.all(served.map((route) => route.close())))
beforeEach(() => {
  world.eventApi.behaviour = 'ok'
  world.eventApi.behaviourOf = {}
})

/** Everything these routes could write, but the audit trail. */
const snapshot = async () => ({
  users: await db.user.findMany({orderBy: {id: 'asc'}}),
  links: await db.accountLink.findMany({where: {linkRevision: {gt: 0}}, orderBy: {id: 'asc'}}),
  requests: await db.linkRequest.count(),
  tokens: await db.verificationToken.count(),
})

describe.each(Object.keys(handlers) as Route[])('%s', (name) => {
  it('takes no form from another site, none without an origin, and no GET', async () => {
    const browser = await signedInAs(await linkedUser())
    const before = await snapshot()
    const fields = {confirm: 'delete', token: 'x'}
    for (const origin of ['http://evil.example', 'null', 'http://localhost:3001', '']) {
      const response = await browser.post(urls[name], fields, {origin})
      expect(response.status).toBe(403)
    }
    expect((await browser.get(urls[name])).status).toBe(405)
    expect(await snapshot()).toEqual(before)
  })

  it('answers fields it can not use with a page, never with a failure', async () => {
    const {id} = await createUser()
    const browser = await signedInAs(id)
    const before = await snapshot()
    const odd = [
      ['application/json', '[]'],
      ['application/json', 'null'],
      ['application/json', '{"token":{"a":1},"confirm":["delete"],"returnTo":{"a":1}}'],
      [
        'application/x-www-form-urlencoded',
        'token=a&token=b&returnTo=%2F%2Fevil&confirm=delete&confirm=delete',
      ],
      ['application/x-www-form-urlencoded', `token=${'a'.repeat(5_000)}&returnTo=${'/a'.repeat(400)}`],
    ] as const
    for (const [type, body] of odd) {
      if (name === 'initiate' && !body.includes('returnTo')) continue
      const cookie = [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
      const response = await fetch(urls[name], {
        method: 'POST',
        redirect: 'manual',
        headers: {origin: 'http://localhost:3000', 'content-type': type, cookie},
        body,
      })
      expect(response.status).toBe(303)
      expect(locationOf(response)).toMatch(/^\/(account|account-link\/not-me|confirm-email)\?problem=/)
    }
    expect(await snapshot()).toEqual(before)
  })
})

describe.each(['initiate', 'unlink', 'deleteAccount'] as const)('%s', (name) => {
  it('sends who is not signed in, or not any more, to sign in', async () => {
    const gone = await signedInAs(`gone-${randomUUID()}`)
    for (const browser of [createBrowser(), gone]) {
      // Whoever wanted to link comes back to where the button is.
      const back = name === 'initiate' ? '%2Faccount%3Flink%3Dai-hero%23ai-hero' : '%2Faccount'
      expect(locationOf(await browser.post(urls[name]))).toBe(`/sign-in?callbackUrl=${back}`)
    }
  })
})

describe('starting a link', () => {
  async function start(userId: string, fields: Record<string, string> = {}) {
    const browser = await signedInAs(userId)
    return browser.post(urls.initiate, fields)
  }

  it('leads to AI Hero with a token that AI Hero can read, for ten minutes, with nothing for a Referer', async () => {
    const user = await createUser()
    const response = await start(user.id, {returnTo: '/courses/evals'})
    expect(response.status).toBe(303)
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const url = new URL(locationOf(response))
    expect(`${url.origin}${url.pathname}`).toBe('http://localhost:3001/account-link/confirm')
    const token = await peerBridge.verifyLinkToken(url.searchParams.get('token') ?? '')
    expect(token).toMatchObject({
      sellerUserId: user.id,
      sellerEmail: user.email,
      sellerName: 'A Buyer',
      returnTo: '/courses/evals',
    })
    expect(token.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(10 * 60_000)
    const request = await db.linkRequest.findUniqueOrThrow({where: {jti: token.tokenId}})
    expect(request).toMatchObject({userId: user.id, consumedAt: null})
    expect((await mirror(linked(user.id, {jti: token.tokenId}))).outcome).toBe('mirrored')
  })

  it('makes a token that only this pair of apps, in this deployment, can read (control)', async () => {
    const user = await createUser()
    const token = new URL(locationOf(await start(user.id))).searchParams.get('token') ?? ''
    const options = {
      self: 'ai-hero',
      peer: 'total-typescript',
      environment: 'test',
      secrets: {current: 'the-shared-secret-of-both-apps-in-tests'},
      eventApi: {baseUrl: 'http://127.0.0.1:9', eventKey: 'unused'},
    } as const
    await expect(createBridge(options).verifyLinkToken(token)).resolves.toMatchObject({sellerUserId: user.id})
    const others = [
      {...options, environment: 'staging'},
      {...options, self: 'total-typescript', peer: 'ai-hero'} as const,
      {...options, secrets: {current: 'another secret of at least thirty-two bytes'}},
    ]
    for (const other of others) {
      await expect(createBridge(other).verifyLinkToken(token)).rejects.toMatchObject({
        refusal: 'token-invalid',
      })
    }
  })

  it.each(['//evil.example', 'https://evil.example', '\\\\evil', '/\\evil', '/\t/evil'])(
    'refuses to go back to %j, starts nothing, and writes it down',
    async (returnTo) => {
      const {id} = await createUser()
      const before = await snapshot()
      expect(locationOf(await start(id, {returnTo}))).toBe('/account?problem=bad-return#ai-hero')
      expect(await snapshot()).toEqual(before)
      expect(await auditOfUser(id, 'link.refused')).toMatchObject([{data: {refusal: 'bad-return'}}])
    },
  )

  it('pressed twice, or in two tabs, makes two tokens; the link by one of them uses up only that one', async () => {
    const {id} = await createUser()
    const responses = await Promise.all([start(id), start(id)])
    const tokens = await Promise.all(
      responses.map((response) =>
        peerBridge.verifyLinkToken(new URL(locationOf(response)).searchParams.get('token') ?? ''),
      ),
    )
    expect(new Set(tokens.map(({tokenId}) => tokenId)).size).toBe(2)
    const [first, second] = tokens
    const tell = linked(id, {jti: first!.tokenId})
    await Promise.all([mirror(tell), mirror(tell)])
    expect(await recordOfUser(id)).toMatchObject({linkRevision: 1, unlinkRequest: null})
    const request = await db.linkRequest.findUniqueOrThrow({where: {jti: second!.tokenId}})
    expect(request.consumedAt).toBeNull()
  })

  it('says that the accounts are linked already', async () => {
    const userId = await linkedUser()
    expect(locationOf(await start(userId))).toBe('/account?problem=already-linked#ai-hero')
    expect(await auditOfUser(userId, 'link.refused')).toMatchObject([{data: {refusal: 'already-linked'}}])
  })

  it('waits for the end of the last link, and can be made after it', async () => {
    const userId = await linkedUser()
    const browser = await signedInAs(userId)
    await browser.post(urls.unlink)
    const before = await snapshot()
    expect(locationOf(await start(userId))).toBe('/account?problem=still-unlinking#ai-hero')
    expect(await snapshot()).toEqual(before)
    expect(await auditOfUser(userId, 'link.refused')).toHaveLength(1)
    await mirror(unlinked(userId))
    expect(locationOf(await start(userId))).toContain('/account-link/confirm?token=')
  })
})

describe('ending a link', () => {
  it('asks AI Hero at once, and says so', async () => {
    const userId = await linkedUser()
    const browser = await signedInAs(userId)
    expect(locationOf(await browser.post(urls.unlink))).toBe('/account?done=unlink-requested#ai-hero')
    expect(await toldPeer('account/unlink-requested', userId)).toMatchObject([{by: 'user', release: false}])
  })

  it('is noted, and the person told so, while AI Hero can not be reached', async () => {
    const userId = await linkedUser()
    world.eventApi.behaviourOf['ah-key'] = 'hang'
    const browser = await signedInAs(userId)
    const startedAt = Date.now()
    expect(locationOf(await browser.post(urls.unlink))).toBe('/account?done=unlink-requested#ai-hero')
    expect(Date.now() - startedAt).toBeLessThan(10_000)
    expect((await recordOfUser(userId)).unlinkRequest).not.toBeNull()
  })

  it('has nothing to do for who is not linked', async () => {
    const {id} = await createUser()
    const browser = await signedInAs(id)
    expect(locationOf(await browser.post(urls.unlink))).toBe('/account?problem=not-linked#ai-hero')
  })
})

describe('"this wasn’t me"', () => {
  it('works for whoever has the mail, signed in or not, and says so', async () => {
    const userId = await linkedUser()
    const token = await hostContext.crossApp.bridge.createUndoToken({sellerUserId: userId, linkRevision: 1})
    const response = await createBrowser().post(urls.notMe, {token})
    expect(locationOf(response)).toBe('/account-link/not-me?done=1')
    expect(await toldPeer('account/unlink-requested', userId)).toMatchObject([{by: 'not-me', release: true}])
  })

  it('refuses the undo token of AI Hero’s own mail, and a token that was changed', async () => {
    const userId = await linkedUser()
    const own = await hostContext.crossApp.bridge.createUndoToken({sellerUserId: userId, linkRevision: 1})
    const theirs = await peerBridge.createUndoToken({sellerUserId: userId, linkRevision: 1})
    for (const token of [theirs, `${own.slice(0, -4)}AAAA`, '']) {
      const response = await createBrowser().post(urls.notMe, {token})
      expect(locationOf(response)).toBe('/account-link/not-me?problem=token-invalid')
    }
    expect((await recordOfUser(userId)).unlinkRequest).toBeNull()
  })
})

describe('deleting an account', () => {
  it('needs the person’s word, and then signs them out for good', async () => {
    const userId = await linkedUser()
    const browser = await signedInAs(userId)
    expect(locationOf(await browser.post(urls.deleteAccount))).toBe('/account?problem=confirm-delete')
    expect(await db.user.count({where: {id: userId}})).toBe(1)
    const again = await signedInAs(userId)
    expect(locationOf(await browser.post(urls.deleteAccount, {confirm: 'delete'}))).toBe(
      '/?done=account-deleted',
    )
    expect(browser.cookies.has('tt-test.session-token')).toBe(false)
    expect(await db.user.count({where: {id: userId}})).toBe(0)
    // A copy of the cookie in another tab is worth nothing either.
    expect(locationOf(await again.post(urls.unlink))).toBe('/sign-in?callbackUrl=%2Faccount')
  })
})
