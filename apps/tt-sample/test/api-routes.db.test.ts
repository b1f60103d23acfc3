import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {getCoursePage, getLessonPage} from '../src/access/read-course'
import {listSyncsForAdmin} from '../src/admin/list-syncs'
import {getPurchaseTimeline} from '../src/admin/read-purchase-timeline'
import {getAccount} from '../src/commerce/read-account'
import {getProductPage, listProducts} from '../src/commerce/read-products'
import {getThankYou} from '../src/commerce/read-thank-you'
import checkout from '../src/pages/api/checkout'
import reconcile from '../src/pages/api/cron/reconcile-syncs'
import timeline from '../src/pages/api/cross-app/timeline'
import syncStatus from '../src/pages/api/purchases/sync-status'
import ready from '../src/pages/api/ready'
import {hostContext} from '../src/server/host-context'
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
      await listSyncsForAdmin(hostContext, {status: 'all', search: purchaseId, page: 1}),
      await getPurchaseTimeline(hostContext, {purchaseId}),
    ]
    for (const view of views) {
      expect(view).not.toBeNull()
      expect(JSON.parse(JSON.stringify(view))).toEqual(view)
    }
    expect(views[3]).toMatchObject({counts: {all: 1, pending: 1}, rows: [{purchaseId}]})
    expect(views[4]).toMatchObject({there: {reached: true}, here: {length: 2}})
    expect(await getPurchaseTimeline(hostContext, {purchaseId: 'none'})).toBeNull()
  })

  it("says that AI Hero's half of a timeline could not be read", async () => {
    const {purchaseId} = await createPurchase()
    world.peer.available = false
    expect(await getPurchaseTimeline(hostContext, {purchaseId})).toMatchObject({
      there: {reached: false, reason: 'AI Hero answered 503.'},
    })
    expect((await oneSyncOf(purchaseId)).revision).toBe(1)
  })
})
