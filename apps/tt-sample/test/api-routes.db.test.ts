import {createConnection} from 'mysql2/promise'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {getCoursePage, getLessonPage} from '../src/access/read-course'
import {listSyncsForAdmin} from '../src/admin/list-syncs'
import {readPurchaseForAdmin} from '../src/admin/read-purchase'
import {getAccount} from '../src/commerce/read-account'
import {getProductPage, listProducts} from '../src/commerce/read-products'
import {getThankYou} from '../src/commerce/read-thank-you'
import {parseSyncListQuery} from '../src/components/admin/sync-filter'
import checkout from '../src/pages/api/checkout'
import reconcile from '../src/pages/api/cron/reconcile-syncs'
import timeline from '../src/pages/api/cross-app/timeline'
import syncStatus from '../src/pages/api/purchases/sync-status'
import ready from '../src/pages/api/ready'
import {hostContext} from '../src/server/host-context'
import {linked, mirror} from './support/link'
import {peerBridge} from './support/peer'
import {createPurchase, oneSyncOf} from './support/purchase'
import {serveRoute} from './support/serve-route'
import {createBundle, createUser} from './support/shop'
import {world} from './support/world'

type Served = Awaited<ReturnType<typeof serveRoute>>
const routes: Record<'checkout' | 'reconcile' | 'timeline' | 'ready' | 'syncStatus', Served> = {} as never

beforeAll(async () => {
  routes.checkout = await serveRoute(checkout)
  routes.reconcile = await serveRoute(reconcile)
  routes.timeline = await serveRoute(timeline)
  routes.ready = await serveRoute(ready)
  routes.syncStatus = await serveRoute(syncStatus)
})
afterAll(() => Promise.all(Object.values(routes).map((route) => route.close())))
beforeEach(() => {
  world.peer.available = true
})

describe('/api/checkout', () => {
  it('is not to be started from another site, or by a request that does not say where it comes from', async () => {
    for (const origin of ['http://evil.example', 'null', undefined]) {
      const response = await fetch(routes.checkout.url, {
        method: 'POST',
        headers: origin === undefined ? {} : {origin},
      })
      expect(response.status).toBe(403)
    }
    expect((await fetch(routes.checkout.url)).status).toBe(405)
  })
})

describe('/api/cron/reconcile-syncs', () => {
  it('sweeps for who has the secret, and for nobody else', async () => {
    const call = (authorization?: string) =>
      fetch(routes.reconcile.url, {
        method: 'POST',
        headers: authorization === undefined ? {} : {authorization},
      })
    expect((await call()).status).toBe(401)
    expect((await call('Bearer a-cron-secret-for-testz')).status).toBe(401)
    const response = await call('Bearer a-cron-secret-for-tests')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({problems: []})
    world.peer.available = false
    expect((await call('Bearer a-cron-secret-for-tests')).status).toBe(207)
  })
})

describe('/api/cross-app/timeline', () => {
  it('tells AI Hero about a purchase, and nobody without its token', async () => {
    const {purchaseId} = await createPurchase()
    const url = `${routes.timeline.url}/?purchaseId=${purchaseId}`
    expect((await fetch(url)).status).toBe(401)
    const own = await hostContext.crossApp.bridge.createReadToken()
    expect((await fetch(url, {headers: {authorization: `Bearer ${own}`}})).status).toBe(401)
    const authorization = `Bearer ${await peerBridge.createReadToken()}`
    const response = await fetch(url, {headers: {authorization}})
    const {rows} = (await response.json()) as {rows: {action: string}[]}
    expect(rows.map(({action}) => action).sort()).toEqual(['purchase.recorded', 'sync.recorded'])
    expect(JSON.stringify(rows)).not.toContain('@')
    expect((await fetch(routes.timeline.url, {headers: {authorization}})).status).toBe(400)
    const recent = await fetch(`${routes.timeline.url}/?since=2026-01-01T00:00:00.000Z&limit=1`, {
      headers: {authorization},
    })
    expect(((await recent.json()) as {rows: unknown[]}).rows).toHaveLength(1)
  })

  it('tells about one person: their purchases and links, and nothing of anybody else', async () => {
    const {purchaseId, userId} = await createPurchase()
    await createPurchase()
    await mirror(linked(userId))
    const authorization = `Bearer ${await peerBridge.createReadToken()}`
    const read = async (query: string) =>
      (await fetch(`${routes.timeline.url}/?${query}`, {headers: {authorization}})).json() as Promise<{
        rows: {action: string; purchaseId: string | null; subject: string; at: string}[]
      }>
    const {rows} = await read(`userId=${userId}`)
    expect(rows.map(({action}) => action).sort()).toEqual([
      'link.mirrored',
      'purchase.recorded',
      'sync.recorded',
    ])
    expect(rows.every((row) => row.purchaseId === purchaseId || row.subject === userId)).toBe(true)
    expect(rows.map(({at}) => at)).toEqual(rows.map(({at}) => at).sort())
    // The newest when there are more than asked for.
    expect((await read(`userId=${userId}&limit=1`)).rows).toMatchObject([{action: 'link.mirrored'}])
    expect((await read('userId=nobody')).rows).toEqual([])
    expect((await read(`userId=${userId.toUpperCase()}`)).rows).toEqual([])
    await hostContext.db.user.delete({where: {id: userId}})
    expect((await read(`userId=${userId}`)).rows).toHaveLength(3)
  })

  it('tells about a person only to who has the peer’s token', async () => {
    const {userId} = await createPurchase()
    const url = `${routes.timeline.url}/?userId=${userId}`
    const own = await hostContext.crossApp.bridge.createReadToken()
    for (const headers of [
      {},
      {authorization: `Bearer ${own}`},
      {authorization: 'Bearer a-cron-secret-for-tests'},
    ] as Record<string, string>[]) {
      const response = await fetch(url, {headers})
      expect(response.status).toBe(401)
      expect(await response.text()).not.toContain('rows')
    }
  })

  it.each([
    '',
    'userId=',
    `userId=${'u'.repeat(192)}`,
    'userId=a&purchaseId=b',
    'userId=a&userId=b',
    'since=soon',
  ])('answers 400 to ?%s: one question at a time', async (query) => {
    const authorization = `Bearer ${await peerBridge.createReadToken()}`
    expect((await fetch(`${routes.timeline.url}/?${query}`, {headers: {authorization}})).status).toBe(400)
  })
})

describe('/api/ready', () => {
  it('answers 503 when something is owed for too long, and 200 when it is settled', async () => {
    const {purchaseId} = await createPurchase()
    expect((await fetch(routes.ready.url)).status).toBe(200)
    const longAgo = new Date(Date.now() - 3_600_000)
    await hostContext.db.crossAppSync.updateMany({where: {purchaseId}, data: {dueSince: longAgo}})
    const response = await fetch(routes.ready.url)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ok: false, oldestSyncSeconds: expect.any(Number)})
    await hostContext.db.crossAppSync.updateMany({where: {purchaseId}, data: {dueSince: null}})
    expect((await fetch(routes.ready.url)).status).toBe(200)
  })
})

describe('/api/ready with a database that hangs', () => {
  it('answers 503 within seconds', async () => {
    const lock = await createConnection(process.env.DATABASE_URL ?? '')
    await lock.query('LOCK TABLES CrossAppSync WRITE')
    try {
      const startedAt = Date.now()
      const response = await fetch(routes.ready.url)
      expect(response.status).toBe(503)
      expect(Date.now() - startedAt).toBeLessThan(10_000)
    } finally {
      await lock.query('UNLOCK TABLES')
      await lock.end()
    }
    expect((await fetch(routes.ready.url)).status).toBe(200)
  })
})

describe('/api/purchases/sync-status', () => {
  it('tells how a checkout stands, also before it is recorded and when it is none', async () => {
    const {bought} = await createPurchase()
    const status = async (sessionId: string) =>
      (await fetch(`${routes.syncStatus.url}/?session_id=${sessionId}`)).json()
    expect(await status(bought.sessionId)).toMatchObject({
      state: 'recorded',
      settled: false,
      syncs: [{phase: 'sending'}],
    })
    expect(await status('cs_test_not_recorded')).toMatchObject({state: 'waiting-for-payment'})
    expect(await status('not-a-session')).toMatchObject({state: 'unknown'})
    expect((await fetch(routes.syncStatus.url)).status).toBe(401)
  })
})

describe('what pages read', () => {
  it('shows the lesson text only to who owns the course, and never to a guest before the proof', async () => {
    const {shop, userId} = await createPurchase()
    const stranger = await createUser()
    const {slug} = await hostContext.db.contentPage.findUniqueOrThrow({where: {productId: shop.ownProductId}})
    const lesson = (viewer: string | null) =>
      getLessonPage(hostContext, {courseSlug: slug, lessonSlug: 'first', userId: viewer})
    expect(await lesson(userId)).toMatchObject({access: {open: true}, lesson: {body: 'Secret text.'}})
    for (const viewer of [null, stranger.id]) {
      expect(await lesson(viewer)).toMatchObject({access: {open: false}, lesson: null})
      expect(JSON.stringify(await getCoursePage(hostContext, {slug, userId: viewer}))).not.toContain('Secret')
    }
    await hostContext.db.purchaseOrigin.updateMany({data: {provenUserId: null}})
    await hostContext.db.user.update({where: {id: userId}, data: {emailVerified: null}})
    expect(await lesson(userId)).toMatchObject({access: {open: false, title: 'Confirm your email first'}})
  })

  it('shows a thank-you page for a session of ours, without an address, and none for another', async () => {
    const {bought, purchaseId} = await createPurchase()
    const page = await getThankYou(hostContext, {sessionId: bought.sessionId, userId: null})
    expect(page).toMatchObject({
      purchaseId,
      price: {amount: 49_900, currency: 'usd'},
      courses: [{open: false}],
    })
    expect(JSON.stringify(page)).not.toContain('@')
    expect(await getThankYou(hostContext, {sessionId: 'cs_test_unknown', userId: null})).toBeNull()
  })

  it('lists products, purchases and syncs as plain JSON', async () => {
    const shop = await createBundle()
    const {userId, purchaseId} = await createPurchase()
    const views = [
      await listProducts(hostContext),
      await getProductPage(hostContext, {slug: shop.slug, userId}),
      await getAccount(hostContext, {userId}),
      await listSyncsForAdmin(
        hostContext,
        parseSyncListQuery((name) => (name === 'search' ? purchaseId : '')),
      ),
      await readPurchaseForAdmin(hostContext, {purchaseId}),
    ]
    for (const view of views) {
      expect(view).not.toBeNull()
      expect(JSON.parse(JSON.stringify(view))).toEqual(view)
    }
    expect(views[3]).toMatchObject({rows: [{purchaseId, status: 'pending'}], newer: null, older: null})
    expect(views[4]).toMatchObject({there: {reached: true}, here: {length: 2}})
    expect(await readPurchaseForAdmin(hostContext, {purchaseId: 'none'})).toBeNull()
  })

  it("says that AI Hero's half of a timeline could not be read", async () => {
    const {purchaseId} = await createPurchase()
    world.peer.available = false
    expect(await readPurchaseForAdmin(hostContext, {purchaseId})).toMatchObject({
      there: {reached: false, reason: 'AI Hero answered 503.'},
    })
    expect((await oneSyncOf(purchaseId)).revision).toBe(1)
  })
})
