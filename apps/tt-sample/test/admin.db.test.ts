import {randomUUID} from 'node:crypto'
import {readdirSync} from 'node:fs'
import type {GetServerSideProps} from 'next'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {listAlertsForAdmin} from '../src/admin/list-alerts'
import {listSyncsForAdmin} from '../src/admin/list-syncs'
import {readOverview} from '../src/admin/read-overview'
import {readPersonForAdmin} from '../src/admin/read-person'
import {readPurchaseForAdmin} from '../src/admin/read-purchase'
import {searchPeople} from '../src/admin/search-people'
import {parseSyncListQuery} from '../src/components/admin/sync-filter'
import {alertIdsQuery} from '../src/cross-app/audit/list-alerts'
import {type Alert, raiseAlert} from '../src/cross-app/audit/raise-alert'
import {refuseSync} from '../src/cross-app/syncs/refuse-sync'
import {sendDueSyncs} from '../src/cross-app/syncs/send-due-syncs'
import * as overviewPage from '../src/pages/admin'
import * as alertsPage from '../src/pages/admin/alerts'
import * as personPage from '../src/pages/admin/people/[userId]'
import * as peoplePage from '../src/pages/admin/people/index'
import * as purchasePage from '../src/pages/admin/syncs/[purchaseId]'
import * as syncsPage from '../src/pages/admin/syncs/index'
import actOnSync from '../src/pages/api/admin/act-on-sync'
import markAlertSeen from '../src/pages/api/admin/mark-alert-seen'
import searchRoute from '../src/pages/api/admin/search'
import {deleteAccount} from '../src/server/auth/delete-account'
import {hostContext} from '../src/server/host-context'
import {openSearch} from '../src/server/sealed-search'
import {createStripe} from '../src/server/stripe'
import {type Browser, createBrowser, locationOf, signedInAs} from './support/browser'
import {linked, mirror} from './support/link'
import {receivedByPeer} from './support/peer'
import {auditOf, createPurchase, oneSyncOf} from './support/purchase'
import {serveRoute} from './support/serve-route'
import {createUser, refund} from './support/shop'
import {world} from './support/world'

const {db} = hostContext
type Served = Awaited<ReturnType<typeof serveRoute>>
const routes: Record<'act' | 'seen' | 'search', Served> = {} as never
let support: {id: string; browser: Browser}

beforeAll(async () => {
  routes.act = await serveRoute(actOnSync, {parseBody: true})
  routes.seen = await serveRoute(markAlertSeen, {parseBody: true})
  routes.search = await serveRoute(searchRoute, {parseBody: true})
  const {id} = await createUser()
  await db.user.update({where: {id}, data: {roles: 'User,ADMIN', name: 'Sam'}})
  support = {id, browser: await signedInAs(id)}
})
afterAll(() => Promise.all(Object.values(routes).map((route) => route.close())))
beforeEach(() => {
  world.peer.available = true
  world.eventApi.behaviour = 'ok'
  world.eventApi.behaviourOf = {}
})

const search = (text: string) =>
  listSyncsForAdmin(
    hostContext,
    parseSyncListQuery((name) => (name === 'search' ? text : '')),
  )

/** Nobody listens where Stripe should be. */
const stripeAway = {
  db,
  clock: hostContext.clock,
  log: hostContext.log,
  isRetryable: hostContext.isRetryable,
  crossApp: hostContext.crossApp,
  stripe: createStripe(world.stripeSecretKey, 'http://127.0.0.1:9'),
}

function alert(over: Partial<Alert> = {}): Alert {
  return {
    actor: 'system',
    action: 'alert.function-failed',
    purchaseId: null,
    subject: `function-${randomUUID()}`,
    data: {},
    ...over,
  }
}

async function newestAlertAbout(subject: string) {
  const {alerts} = await listAlertsForAdmin(hostContext, {onlyUnseen: false, olderThan: null})
  const found = alerts.find(({details}) => details.subject === subject)
  if (found === undefined) throw new Error('The alert is not listed.')
  return found
}

describe('support’s search', () => {
  it('finds a purchase by whatever id somebody has of it, and by the beginning of the address', async () => {
    const {purchaseId, bought, userId} = await createPurchase()
    await createPurchase()
    const sync = await oneSyncOf(purchaseId)
    const intent = String(bought.session.payment_intent)
    const {latest_charge: charge} = await hostContext.stripe.paymentIntents.retrieve(intent)
    const {refund: refunded} = await refund(bought, {amount: 100})
    await db.chargeFact.create({
      data: {
        id: refunded.id,
        kind: 'refund',
        chargeId: String(charge),
        amount: 100,
        status: 'succeeded',
      },
    })
    const ids = [
      purchaseId,
      sync.id,
      bought.sessionId,
      intent,
      String(charge),
      refunded.id,
      String(bought.session.customer),
      sync.ownerEmail,
      sync.ownerEmail.slice(0, -3).toUpperCase(),
      sync.ownerEmail.slice(0, 20),
    ]
    for (const text of ids) {
      const {rows} = await search(text)
      expect({text, found: rows.map((row) => row.purchaseId)}).toEqual({text, found: [purchaseId]})
    }
    for (const text of ids) {
      const {people} = await searchPeople(hostContext, {search: text === sync.id ? userId : text})
      expect({text, found: people.map((person) => person.userId)}).toEqual({text, found: [userId]})
    }
  })

  it.each([
    'ch_unknown',
    'cs_unknown',
    're_unknown',
    'cus_unknown',
    'pi_unknown',
    'nobody@',
    'what',
    '%',
    '_',
  ])('finds nothing for %s, rather than something else', async (text) => {
    await createPurchase()
    expect(await search(text)).toMatchObject({rows: [], stripeAway: false, purchasesWithoutSyncs: []})
    expect(await searchPeople(hostContext, {search: text})).toMatchObject({people: [], stripeAway: false})
  })

  it('says that Stripe can’t be asked, only where it has to be', async () => {
    const {purchaseId, bought} = await createPurchase()
    const listWith = (text: string) =>
      listSyncsForAdmin(
        stripeAway,
        parseSyncListQuery((name) => (name === 'search' ? text : '')),
      )
    expect(await listWith(String(bought.session.payment_intent))).toMatchObject({stripeAway: true, rows: []})
    expect(await listWith(bought.sessionId)).toMatchObject({stripeAway: false, rows: [{purchaseId}]})
    expect(await searchPeople(stripeAway, {search: 'pi_1'})).toMatchObject({stripeAway: true})
  })

  it('shows as many unclaimed as the overview counts: not those that AI Hero has yet to answer about', async () => {
    const {id} = await oneSyncOf((await createPurchase()).purchaseId)
    const become = (data: {revision: number}) =>
      db.crossAppSync.update({
        where: {id},
        data: {mirrorStatus: 'pending', desiredState: 'granted', ackedRevision: 1, ...data},
      })
    const listed = async () =>
      (
        await listSyncsForAdmin(
          hostContext,
          parseSyncListQuery((name) => (name === 'status' ? 'unclaimed' : name === 'search' ? id : '')),
        )
      ).rows.length
    await become({revision: 1})
    const {unclaimed} = await readOverview(hostContext)
    expect(await listed()).toBe(1)
    await become({revision: 2})
    expect(await listed()).toBe(0)
    expect((await readOverview(hostContext)).unclaimed).toBe(unclaimed - 1)
  })

  it('tells a purchase that opens nothing elsewhere from one that is not there', async () => {
    const {purchaseId} = await createPurchase({targets: 0})
    expect(await search(purchaseId)).toMatchObject({rows: [], purchasesWithoutSyncs: [purchaseId]})
  })

  it('stands in no address of a page when it is an email address, and finds by it all the same', async () => {
    const {purchaseId, userId} = await createPurchase()
    const {ownerEmail} = await oneSyncOf(purchaseId)
    const ask = async (fields: Record<string, string>) =>
      locationOf(
        await support.browser.post(routes.search.url, {search: ` ${ownerEmail.toUpperCase()} `, ...fields}),
      )
    const list = new URL(
      await ask({in: 'syncs', status: 'pending', period: 'day', product: ''}),
      'http://site',
    )
    expect(`${list}`).not.toMatch(/@|%40|example/i)
    expect(list.searchParams.get('status')).toBe('pending')
    const {rows, search: opened} = await listSyncsForAdmin(
      hostContext,
      parseSyncListQuery((name) => list.searchParams.get(name) ?? ''),
    )
    expect({opened, found: rows.map((row) => row.purchaseId)}).toEqual({
      opened: ownerEmail.toUpperCase(),
      found: [purchaseId],
    })
    const people = new URL(await ask({in: 'people'}), 'http://site')
    expect(`${people}`).not.toMatch(/@|%40|example/i)
    expect(openSearch(people.searchParams.get('q') ?? '')).toBe(ownerEmail.toUpperCase())
    expect((await searchPeople(hostContext, {search: ownerEmail})).people).toMatchObject([{userId}])
    // An id is no secret, and nothing is nothing.
    expect(await ask({in: 'people', search: purchaseId})).toBe(`/admin/people?q=${purchaseId}`)
    expect(await ask({in: 'syncs', search: ''})).toBe('/admin/syncs')
    const sealed = list.searchParams.get('search') ?? ''
    // Nobody else can make one, and a broken one finds nobody instead of everybody.
    for (const broken of [
      '~',
      '~AAAA',
      sealed.slice(0, 5) + (sealed[5] === 'A' ? 'B' : 'A') + sealed.slice(6),
    ]) {
      expect(await search(broken)).toMatchObject({search: null, rows: []})
    }
  })

  it('pages through syncs by where the last page ended', async () => {
    const {purchaseId} = await createPurchase({targets: 5})
    const page = (name: 'older' | 'newer', position: {updatedAt: string; id: string} | null) =>
      listSyncsForAdmin(
        hostContext,
        parseSyncListQuery((key) =>
          key === 'search'
            ? purchaseId
            : key === name && position !== null
              ? `${position.updatedAt}~${position.id}`
              : '',
        ),
        {pageSize: 2},
      )
    const first = await page('older', null)
    const second = await page('older', first.older)
    const third = await page('older', second.older)
    const ids = [first, second, third].flatMap(({rows}) => rows.map(({syncId}) => syncId))
    expect(new Set(ids).size).toBe(5)
    expect(third.older).toBeNull()
    expect((await page('newer', second.newer)).rows).toEqual(first.rows)
  })
})

describe('a purchase, as support sees it', () => {
  it('has its refunds, mails and what AI Hero has confirmed, as plain JSON', async () => {
    const {purchaseId, bought} = await createPurchase()
    const {refund: refunded} = await refund(bought, {amount: 100})
    await db.chargeFact.create({
      data: {
        id: refunded.id,
        kind: 'refund',
        chargeId: String(refunded.charge),
        amount: 100,
        status: 'succeeded',
      },
    })
    const found = await readPurchaseForAdmin(hostContext, {purchaseId})
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
    expect(found).toMatchObject({
      purchase: {chargeId: String(refunded.charge), checkoutSessionId: bought.sessionId},
      facts: [{id: refunded.id, kind: 'refund', amount: {amount: 100, currency: 'usd'}}],
      syncs: [{confirmed: null, explanation: {label: 'On its way'}}],
      mails: [{title: 'Receipt', sentAt: null, problem: null}],
    })
    await db.outbox.updateMany({
      where: {happening: `receipt:${purchaseId}`},
      data: {nextAttemptAt: null, lastError: 'The mail provider answered validation_error.'},
    })
    expect((await readPurchaseForAdmin(hostContext, {purchaseId}))?.mails).toMatchObject([
      {problem: 'The mail provider answered validation_error.'},
    ])
  })
})

describe('a person, as support sees them', () => {
  it('has purchases, link, sign-ins, mails and both apps’ rows, also after the account was deleted', async () => {
    const {purchaseId, userId} = await createPurchase()
    await mirror(linked(userId))
    world.peer.timeline = {
      rows: [
        {
          id: 'row-1',
          at: new Date().toISOString(),
          actor: 'x',
          action: 'grant.applied',
          subject: 'grant-1',
          purchaseId,
        },
      ],
    }
    await db.account.create({
      data: {userId, provider: 'github', providerAccountId: randomUUID(), type: 'oauth'},
    })
    const found = await readPersonForAdmin(hostContext, {userId})
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
    expect(found).toMatchObject({
      role: 'USER',
      link: {state: 'linked'},
      aiHeroUserId: `ah-of-${userId}`,
      signInWays: [{id: 'github', since: null}],
      purchases: [{id: purchaseId, syncs: [{purchaseId}]}],
      mails: [{title: 'Receipt'}, {title: 'Accounts were linked'}],
      there: {reached: true, entries: [{action: 'grant.applied', data: {purchaseId}}]},
    })
    expect(found?.here.map(({action}) => action).sort()).toEqual([
      'link.mirrored',
      'purchase.recorded',
      'sync.recorded',
    ])
    await deleteAccount(hostContext, {userId})
    expect(await readPersonForAdmin(hostContext, {userId})).toMatchObject({
      email: null,
      link: {state: 'unlinking'},
      purchases: [{id: purchaseId}],
    })
    expect((await searchPeople(hostContext, {search: userId})).people).toMatchObject([{userId, email: null}])
    expect((await searchPeople(hostContext, {search: `ah-of-${userId}`})).people).toMatchObject([{userId}])
  })

  it('says that AI Hero’s half is missing, and shows the rest', async () => {
    const {userId} = await createPurchase()
    world.peer.available = false
    expect(await readPersonForAdmin(hostContext, {userId})).toMatchObject({
      there: {reached: false, reason: 'AI Hero answered 503.'},
      here: {length: 2},
    })
  })

  it('is nobody for an id that was never a user’s, or is spelt otherwise', async () => {
    const {userId} = await createPurchase()
    expect(await readPersonForAdmin(hostContext, {userId: randomUUID()})).toBeNull()
    expect(await readPersonForAdmin(hostContext, {userId: userId.toUpperCase()})).toBeNull()
  })
})

describe('alerts', () => {
  it('are listed newest first, those without a purchase included, with words and where to look', async () => {
    const {purchaseId, userId} = await createPurchase()
    const unlinkAlert = alert({action: 'alert.unlink-unanswered', subject: userId})
    const heldCheckout = alert({action: 'alert.checkout-held', purchaseId: randomUUID(), data: {amount: 100}})
    await raiseAlert(hostContext, unlinkAlert)
    await raiseAlert(hostContext, heldCheckout)
    await raiseAlert(hostContext, alert({action: 'alert.sync-refused', purchaseId, subject: 'sync-1'}))
    const {alerts} = await listAlertsForAdmin(hostContext, {onlyUnseen: true, olderThan: null})
    expect(alerts.slice(0, 3)).toMatchObject([
      {
        title: 'AI Hero refused a course',
        links: [{href: `/admin/syncs/${purchaseId}`}, {href: `/admin/people/${userId}`}],
      },
      // Its purchase was never recorded: a link would lead nowhere.
      {title: 'Paid for something we don’t know', links: [], details: {amount: '100'}},
      {title: 'An unlinking is not confirmed', links: [{href: `/admin/people/${userId}`}]},
    ])
    expect(JSON.parse(JSON.stringify(alerts))).toEqual(alerts)
  })

  it('are marked as seen once, with who did it, and then are no longer new', async () => {
    const raised = alert()
    await raiseAlert(hostContext, raised)
    const {id} = await newestAlertAbout(raised.subject)
    const before = (await readOverview(hostContext)).unseenAlerts
    const mark = (browser: Browser) => browser.post(routes.seen.url, {alertId: id})
    expect(locationOf(await mark(support.browser))).toBe('/admin/alerts?done=seen')
    await Promise.all([mark(support.browser), mark(support.browser)])
    expect(await newestAlertAbout(raised.subject)).toMatchObject({seen: {by: 'Sam'}})
    const marks = await db.auditEvent.findMany({where: {action: 'support.alert-seen', subject: id}})
    expect(marks).toMatchObject([{actor: `user:${support.id}`, data: {alert: raised.action}}])
    const {alerts} = await listAlertsForAdmin(hostContext, {onlyUnseen: true, olderThan: null})
    expect(alerts.some((other) => other.id === id)).toBe(false)
    expect((await readOverview(hostContext)).unseenAlerts).toBe(before - 1)
  })

  it('are paged without a gap or a repeat', async () => {
    for (let index = 0; index < 5; index += 1) await raiseAlert(hostContext, alert())
    const seen: string[] = []
    let older: {at: string; id: string} | null = null
    do {
      const page = await listAlertsForAdmin(hostContext, {onlyUnseen: false, olderThan: older, pageSize: 2})
      seen.push(...page.alerts.map(({id}) => id))
      older = page.older
    } while (older !== null)
    const all = await db.auditEvent.count({where: {action: {startsWith: 'alert.'}}})
    expect(new Set(seen).size).toBe(all)
    expect(seen).toHaveLength(all)
  })

  it('and what concerns one person are read from an index, however long the trail is', async () => {
    await db.auditEvent.createMany({
      data: Array.from({length: 1_000}, (_, index) => ({
        id: randomUUID(),
        at: new Date(Date.now() - index * 1_000),
        actor: 'system',
        action: 'sync.sending',
        subject: `sync-${index}`,
        data: {},
      })),
    })
    await db.$queryRawUnsafe('ANALYZE TABLE AuditEvent')
    const keysOf = async (text: string, values: unknown[]) => {
      const steps = await db.$queryRawUnsafe<{key: string | null}[]>(`EXPLAIN ${text}`, ...values)
      return steps.map(({key}) => key)
    }
    const olderThan = {at: new Date().toISOString(), id: 'x'}
    for (const onlyUnseen of [true, false]) {
      const {text, values} = alertIdsQuery({onlyUnseen, olderThan, pageSize: 25})
      const keys = await keysOf(text, values)
      expect(keys[0]).toBe('AuditEvent_action_at_idx')
      expect(keys).not.toContain(null)
    }
    const aboutPerson =
      'SELECT id, data FROM AuditEvent WHERE subject = ? ORDER BY at DESC, id DESC LIMIT 500'
    expect(await keysOf(aboutPerson, ['user-1'])).toEqual(['AuditEvent_subject_at_idx'])
    // Control: what no index begins with is looked for in every row.
    expect(await keysOf('SELECT id, data FROM AuditEvent WHERE actor = ?', ['user-1'])).toEqual([null])
  })

  it('only an alert can be marked', async () => {
    const {purchaseId} = await createPurchase()
    const [row] = await auditOf(purchaseId, 'purchase.recorded')
    for (const alertId of [row!.id, 'none']) {
      expect((await support.browser.post(routes.seen.url, {alertId})).status).toBe(404)
    }
    expect((await support.browser.post(routes.seen.url)).status).toBe(400)
  })
})

describe('support’s buttons', () => {
  async function failedSync() {
    const {purchaseId} = await createPurchase()
    await sendDueSyncs(hostContext.crossApp, {purchaseId})
    const {id} = await oneSyncOf(purchaseId)
    await refuseSync(hostContext, {
      refusal: {v: 1, syncId: id, revision: 1, code: 'unknown-product', message: 'No.'},
    })
    return {purchaseId, syncId: id}
  }
  const form = (syncId: string, over: Record<string, string> = {}) => ({
    syncId,
    action: 'retry',
    reason: ' The catalogue was corrected. ',
    press: randomUUID(),
    revision: '1',
    ...over,
  })

  it('send a failed sync again, with who asked for it and why on record', async () => {
    const {purchaseId, syncId} = await failedSync()
    const response = await support.browser.post(routes.act.url, form(syncId))
    expect(response.status).toBe(303)
    expect(locationOf(response)).toBe(`/admin/syncs/${purchaseId}?done=retry&sync=${syncId}#sync-${syncId}`)
    expect(await oneSyncOf(purchaseId)).toMatchObject({revision: 2, status: 'pending'})
    expect(await auditOf(purchaseId, 'sync.retried')).toMatchObject([
      {actor: `user:${support.id}`, data: {reason: 'The catalogue was corrected.'}},
    ])
    expect((await receivedByPeer(purchaseId)).at(-1)?.data.revision).toBe(2)
  })

  it('keep no email address of the reason', async () => {
    const {purchaseId, syncId} = await failedSync()
    await support.browser.post(routes.act.url, form(syncId, {reason: 'Asked for by ada@example.com'}))
    expect(await auditOf(purchaseId, 'sync.retried')).toMatchObject([
      {data: {reason: 'Asked for by [email]'}},
    ])
  })

  it('hold and release, and say so when AI Hero was away', async () => {
    const {purchaseId, syncId} = await failedSync()
    world.eventApi.behaviourOf['ah-key'] = 'unavailable'
    const held = await support.browser.post(routes.act.url, form(syncId, {action: 'hold'}))
    expect(locationOf(held)).toContain('?done=hold&sent=no&')
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'suspended'})
    world.eventApi.behaviourOf = {}
    const released = await support.browser.post(
      routes.act.url,
      form(syncId, {action: 'release', revision: '2', reason: 'Cleared.'}),
    )
    expect(locationOf(released)).toContain('?done=release&')
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'granted', holdReason: null})
    expect(await auditOf(purchaseId, 'sync.hold-released')).toMatchObject([{data: {reason: 'Cleared.'}}])
  })

  it('pressed twice at once act once, and both presses are told that it is done', async () => {
    const {purchaseId, syncId} = await failedSync()
    const pressed = form(syncId)
    const answers = await Promise.all([
      support.browser.post(routes.act.url, pressed),
      support.browser.post(routes.act.url, pressed),
    ])
    expect(answers.map(locationOf).every((location) => location.includes('done=retry'))).toBe(true)
    expect(await auditOf(purchaseId, 'sync.retried')).toHaveLength(1)
    expect((await oneSyncOf(purchaseId)).revision).toBe(2)
    const late = await support.browser.post(routes.act.url, form(syncId))
    expect(locationOf(late)).toContain('problem=moved-on')
  })

  it.each([
    ['no reason', {reason: ''}],
    ['a reason of blanks', {reason: '  '}],
    ['a reason too short to mean anything', {reason: 'ok'}],
    ['a reason longer than the trail keeps', {reason: 'x'.repeat(501)}],
  ])('ask again for %s, and do nothing', async (_name, over) => {
    const {purchaseId, syncId} = await failedSync()
    const response = await support.browser.post(routes.act.url, form(syncId, over))
    expect(locationOf(response)).toContain('confirm=retry&problem=reason')
    expect((await oneSyncOf(purchaseId)).revision).toBe(1)
  })

  it.each([
    ['an unknown action', {action: 'delete'}],
    ['no revision', {revision: ''}],
    ['no press', {press: ''}],
  ])('answer 400 to %s', async (_name, over) => {
    const {syncId} = await failedSync()
    expect((await support.browser.post(routes.act.url, form(syncId, over))).status).toBe(400)
  })

  it('are nobody else’s: not a buyer’s, not another site’s, not a link’s', async () => {
    const {purchaseId, syncId} = await failedSync()
    const fields = form(syncId)
    const buyer = await signedInAs((await createUser()).id)
    for (const route of [routes.act, routes.seen, routes.search]) {
      expect((await buyer.post(route.url, fields)).status).toBe(404)
      const signedOut = await createBrowser().post(route.url, fields)
      expect(locationOf(signedOut)).toBe('/sign-in?callbackUrl=%2Fadmin')
      for (const origin of ['http://evil.example', 'null', 'http://localhost:3001']) {
        expect((await support.browser.post(route.url, fields, {origin})).status).toBe(403)
      }
      expect((await support.browser.get(`${route.url}/?${new URLSearchParams(fields)}`)).status).toBe(405)
    }
    expect((await support.browser.post(routes.act.url, form('none'))).status).toBe(404)
    expect((await oneSyncOf(purchaseId)).revision).toBe(1)
  })
})

describe('every page under /admin', () => {
  type Page = {getServerSideProps: GetServerSideProps<never>}
  const pages: [string, Page][] = [
    ['/admin', overviewPage as unknown as Page],
    ['/admin/syncs', syncsPage as unknown as Page],
    ['/admin/syncs/[purchaseId]', purchasePage as unknown as Page],
    ['/admin/people', peoplePage as unknown as Page],
    ['/admin/people/[userId]', personPage as unknown as Page],
    ['/admin/alerts', alertsPage as unknown as Page],
  ]

  async function load(page: Page, browser: Browser, params: Record<string, string>) {
    const headers: Record<string, string> = {}
    const result = await page.getServerSideProps({
      req: {cookies: Object.fromEntries(browser.cookies), headers: {}},
      res: {
        setHeader: (name: string, value: string) => {
          headers[name] = value
        },
      },
      query: {...params},
      params,
      resolvedUrl: '/admin/here?search=a%40b',
    } as never)
    return {result, headers}
  }

  it.each(pages)('%s opens for support alone, and is kept by nobody on the way', async (_path, page) => {
    const {purchaseId, userId} = await createPurchase()
    const params = {purchaseId, userId}
    const {result, headers} = await load(page, support.browser, params)
    expect(result).toHaveProperty('props.viewer.role', 'ADMIN')
    expect(headers).toMatchObject({'cache-control': 'private, no-store'})
    const {result: forBuyer} = await load(page, await signedInAs(userId), params)
    expect(forBuyer).toEqual({notFound: true})
    const {result: forNobody} = await load(page, createBrowser(), params)
    expect(forNobody).toEqual({
      redirect: {
        destination: '/sign-in?callbackUrl=%2Fadmin%2Fhere%3Fsearch%3Da%2540b',
        permanent: false,
      },
    })
  })

  it('is among those that are tried here, and so is every route', () => {
    const filesIn = (folder: string) =>
      readdirSync(new URL(`../src/pages/${folder}/`, import.meta.url), {
        recursive: true,
        encoding: 'utf8',
      }).filter((file) => /\.tsx?$/.test(file))
    expect(filesIn('admin')).toHaveLength(pages.length)
    expect(filesIn('api/admin')).toHaveLength(Object.keys(routes).length)
  })

  it('shows nothing of a purchase or a person that is not there', async () => {
    const nowhere = {purchaseId: 'none', userId: 'none'}
    for (const page of [purchasePage, personPage]) {
      const {result} = await load(page as unknown as Page, support.browser, nowhere)
      expect(result).toEqual({notFound: true})
    }
  })
})
