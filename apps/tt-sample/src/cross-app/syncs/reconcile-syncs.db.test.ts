import {beforeEach, describe, expect, it} from 'vitest'
import {answerTo, receivedByPeer} from '../../../test/support/peer'
import {auditOf, createPurchase, later, oneSyncOf} from '../../../test/support/purchase'
import {createBundle, createUser} from '../../../test/support/shop'
import {world} from '../../../test/support/world'
import {crossAppContext as context} from '../host'
import {acknowledgeSync} from './acknowledge-sync'
import {oldestOutstanding} from './oldest-outstanding'
import {pullGrantChanges} from './pull-grant-changes'
import {reconcileSyncs} from './reconcile-syncs'
import {recordMissingSyncs} from './record-missing-syncs'
import {sendDueSyncs} from './send-due-syncs'

beforeEach(async () => {
  world.eventApi.behaviour = 'ok'
  world.peer.available = true
  world.peer.rows = []
  world.peer.requests = []
  world.peer.pageSize = 100
  await context.db.pullCursor.deleteMany()
})

async function unansweredPurchase() {
  const purchase = await createPurchase()
  await sendDueSyncs(context, {purchaseId: purchase.purchaseId})
  const [sent] = await receivedByPeer(purchase.purchaseId)
  return {...purchase, desired: sent!.data}
}

const change = (id: string, row: unknown) => ({id, updatedAt: '2026-11-21T11:00:00.000Z', row})

describe('the pull', () => {
  it('repairs a lost confirmation, and a second run changes nothing', async () => {
    const {purchaseId, desired} = await unansweredPurchase()
    world.peer.rows = [change('a', answerTo(desired).data)]
    expect(await pullGrantChanges(context)).toEqual({read: 1, applied: 1})
    const settled = await oneSyncOf(purchaseId)
    expect(settled).toMatchObject({status: 'synced', mirrorStatus: 'active'})
    expect(await pullGrantChanges(context)).toEqual({read: 1, applied: 0})
    expect(await oneSyncOf(purchaseId)).toEqual(settled)
  })

  it('reads page by page, and starts five minutes before where it ended', async () => {
    const first = await unansweredPurchase()
    const second = await unansweredPurchase()
    world.peer.pageSize = 1
    world.peer.rows = [change('a', answerTo(first.desired).data), change('b', answerTo(second.desired).data)]
    world.peer.now = '2026-11-21T12:00:00.000Z'
    await pullGrantChanges(context)
    expect(await oneSyncOf(second.purchaseId)).toMatchObject({status: 'synced'})
    expect(world.peer.requests).toEqual([
      {since: '1970-01-01T00:00:00.000Z', after: null},
      {since: '2026-11-21T11:00:00.000Z', after: 'a'},
    ])
    world.peer.rows = []
    await pullGrantChanges(context)
    expect(world.peer.requests.at(-1)).toEqual({since: '2026-11-21T11:55:00.000Z', after: null})
  })

  it('keeps its place when AI Hero can not be read', async () => {
    world.peer.now = '2026-11-21T12:00:00.000Z'
    await pullGrantChanges(context)
    world.peer.available = false
    await expect(pullGrantChanges(context)).rejects.toMatchObject({code: 'read-peer', retryable: true})
    world.peer.available = true
    world.peer.requests = []
    await pullGrantChanges(context)
    expect(world.peer.requests).toEqual([{since: '2026-11-21T11:55:00.000Z', after: null}])
  })

  it('reads on past a row that it does not understand', async () => {
    const {purchaseId, desired} = await unansweredPurchase()
    world.peer.rows = [change('a', {v: 2}), change('b', answerTo(desired).data)]
    await pullGrantChanges(context)
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'synced'})
  })

  it('freezes and thaws at once when AI Hero is ahead', async () => {
    const {purchaseId, desired} = await unansweredPurchase()
    world.peer.rows = [change('a', answerTo({...desired, revision: 4}, {stateVersion: 4}).data)]
    await pullGrantChanges(context)
    expect(await oneSyncOf(purchaseId)).toMatchObject({revision: 5, frozenAt: null, ackedRevision: 0})
    expect(await auditOf(purchaseId, 'alert.peer-ahead')).toHaveLength(1)
  })
})

describe('recordMissingSyncs', () => {
  it('gives a recent bundle purchase its syncs that a path which does not know about them recorded', async () => {
    const shop = await createBundle({targets: 2})
    const user = await createUser()
    const {id} = await context.db.purchase.create({
      data: {userId: user.id, productId: shop.productId, totalAmount: '0'},
    })
    expect(await recordMissingSyncs(context)).toContain(id)
    expect(await context.db.crossAppSync.count({where: {purchaseId: id}})).toBe(2)
    expect(await recordMissingSyncs(context)).not.toContain(id)
  })

  it('does so also for a buyer whose stored address is none', async () => {
    const shop = await createBundle({targets: 1})
    // Older systems let anything into this column.
    const user = await createUser({email: `No Address ${shop.productId}`})
    const {id} = await context.db.purchase.create({
      data: {userId: user.id, productId: shop.productId, totalAmount: '0'},
    })
    expect(await recordMissingSyncs(context)).toContain(id)
    expect(await oneSyncOf(id)).toMatchObject({ownerUserId: user.id, ownerEmail: user.email.toLowerCase()})
  })

  it("leaves a team's own purchase alone: its seats get the courses", async () => {
    const shop = await createBundle({targets: 1})
    const user = await createUser()
    const {id} = await context.db.purchase.create({
      data: {userId: user.id, productId: shop.productId, totalAmount: '0', bulkCouponId: 'seats'},
    })
    expect(await recordMissingSyncs(context)).not.toContain(id)
  })
})

describe('reconcileSyncs', () => {
  it('sends in one go what piled up during an outage, syncs and outbox', async () => {
    const {purchaseId} = await createPurchase()
    const row = await oneSyncOf(purchaseId)
    const numbers = Array.from({length: 130}, (_, index) => index)
    const due = new Date(Date.now() - 60_000)
    await context.db.crossAppSync.createMany({
      data: numbers.map((number) => ({
        ...row,
        id: `${number}-${row.id}`,
        targetProductId: `${number}-${purchaseId}`,
        nextAttemptAt: due,
      })),
    })
    await context.db.outbox.createMany({
      data: numbers.map((number) => ({
        id: `${number}-${row.id}`,
        happening: `${number}-${row.id}`,
        kind: 'event',
        name: 'purchase/facts-changed',
        payload: {purchaseId},
        nextAttemptAt: due,
      })),
    })
    await reconcileSyncs(context)
    expect(await context.db.crossAppSync.count({where: {purchaseId, retryCount: 0}})).toBe(0)
    expect(await context.db.outbox.count({where: {id: {endsWith: row.id}, dispatchedAt: null}})).toBe(0)
    await context.db.crossAppSync.deleteMany({where: {purchaseId}})
  })

  it('delivers what waited through an outage longer than every retry, without a person', async () => {
    const {purchaseId} = await createPurchase()
    world.eventApi.behaviourOf['ah-key'] = 'unavailable'
    await sendDueSyncs(context, {purchaseId})
    expect(await receivedByPeer(purchaseId)).toEqual([])
    delete world.eventApi.behaviourOf['ah-key']
    await reconcileSyncs(later(24 * 60 * 60_000))
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
  })

  it('goes on with its other parts when one fails, and says which', async () => {
    const {purchaseId} = await createPurchase()
    world.peer.available = false
    const report = await reconcileSyncs(context)
    expect(report.problems.map(({part}) => part)).toEqual(['pull', 'pull-links'])
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
  })

  it('run several times at once sends each sync once', async () => {
    const {purchaseId} = await createPurchase()
    await Promise.all([reconcileSyncs(context), reconcileSyncs(context), reconcileSyncs(context)])
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
  })

  it('sends nothing for what is settled', async () => {
    const {purchaseId, desired} = await unansweredPurchase()
    await acknowledgeSync(context, {answer: answerTo(desired).data, via: 'event'})
    await reconcileSyncs(later(60 * 60_000))
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
  })
})

describe('oldestOutstanding', () => {
  it('tells since when the oldest sync waits, until it is answered', async () => {
    const {desired, purchaseId} = await unansweredPurchase()
    const longAgo = new Date('2026-01-01T00:00:00.000Z')
    await context.db.crossAppSync.updateMany({where: {purchaseId}, data: {dueSince: longAgo}})
    expect((await oldestOutstanding(context)).sync).toEqual(longAgo)
    await acknowledgeSync(context, {answer: answerTo(desired).data, via: 'event'})
    expect((await oldestOutstanding(context)).sync).not.toEqual(longAgo)
  })
})
