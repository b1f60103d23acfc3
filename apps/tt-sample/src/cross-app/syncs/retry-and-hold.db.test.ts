import {randomUUID} from 'node:crypto'
import {beforeEach, describe, expect, it} from 'vitest'
import {answerTo, receivedByPeer} from '../../../test/support/peer'
import {auditOf, createPurchase, oneSyncOf, syncsOf} from '../../../test/support/purchase'
import {world} from '../../../test/support/world'
import {crossAppContext as context} from '../host'
import {inTransaction} from '../in-transaction'
import {acknowledgeSync} from './acknowledge-sync'
import {findSyncIds} from './find-sync-ids'
import {refuseSync} from './refuse-sync'
import {retrySync} from './retry-sync'
import {reviseSyncs} from './revise-syncs'
import {sendDueSyncs} from './send-due-syncs'
import {setHold} from './set-hold'

beforeEach(() => {
  world.eventApi.behaviour = 'ok'
  world.eventApi.behaviourOf = {}
})

async function sentPurchase() {
  const purchase = await createPurchase()
  await sendDueSyncs(context, {purchaseId: purchase.purchaseId})
  const [sent] = await receivedByPeer(purchase.purchaseId)
  return {...purchase, syncId: sent!.data.syncId, desired: sent!.data}
}

describe('retrySync', () => {
  it('sends at once, under a new revision, what AI Hero had refused for good', async () => {
    const {purchaseId, syncId} = await sentPurchase()
    await refuseSync(context, {refusal: {v: 1, syncId, revision: 1, code: 'unknown-product', message: 'No.'}})
    await sendDueSyncs(context, {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
    expect(await retrySync(context, {syncId, actor: 'user:sam'})).toEqual({
      outcome: 'retried',
      revision: 2,
      sent: 'sent',
    })
    expect((await receivedByPeer(purchaseId)).at(-1)?.data).toMatchObject({revision: 2})
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'pending', errorMessage: null})
    expect(await auditOf(purchaseId, 'sync.retried')).toMatchObject([
      {actor: 'user:sam', data: {revision: 2}},
    ])
  })

  it('says that AI Hero was away, and leaves the sync due', async () => {
    const {purchaseId, syncId} = await sentPurchase()
    world.eventApi.behaviourOf['ah-key'] = 'unavailable'
    expect(await retrySync(context, {syncId, actor: 'cli'})).toMatchObject({revision: 2, sent: 'not-sent'})
    expect((await oneSyncOf(purchaseId)).nextAttemptAt).not.toBeNull()
  })

  it('thaws a frozen sync, above the revision that AI Hero has seen', async () => {
    const {purchaseId, syncId, desired} = await sentPurchase()
    const ahead = answerTo({...desired, revision: 7}, {stateVersion: 7}).data
    await acknowledgeSync(context, {answer: ahead, via: 'event'})
    expect((await oneSyncOf(purchaseId)).frozenAt).not.toBeNull()
    expect(await retrySync(context, {syncId, actor: 'cli'})).toMatchObject({revision: 8, sent: 'sent'})
  })

  it('knows no sync that is not there', async () => {
    await expect(retrySync(context, {syncId: 'none', actor: 'cli'})).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('setHold', () => {
  it('suspends one course, with the reason on record, and restores it when it is released', async () => {
    const {purchaseId} = await createPurchase({targets: 2})
    await sendDueSyncs(context, {purchaseId})
    const [held, other] = await syncsOf(purchaseId)
    const syncId = held!.id
    const hold = {syncId, reason: 'card under review', actor: 'user:sam'}
    expect(await setHold(context, hold)).toEqual({outcome: 'changed', revision: 2, sent: 'sent'})
    expect((await receivedByPeer(purchaseId)).at(-1)).toMatchObject({
      name: 'entitlement/revoke',
      data: {syncId, mode: 'suspend', reason: 'hold', revision: 2},
    })
    expect(await setHold(context, hold)).toMatchObject({outcome: 'unchanged', revision: 2})
    expect(await setHold(context, {...hold, reason: null})).toEqual({
      outcome: 'changed',
      revision: 3,
      sent: 'sent',
    })
    expect((await receivedByPeer(purchaseId)).at(-1)).toMatchObject({
      name: 'bundle/purchased',
      data: {syncId, reason: 'restored', revision: 3},
    })
    expect((await syncsOf(purchaseId)).find(({id}) => id === other!.id)).toMatchObject({revision: 1})
    expect(await auditOf(purchaseId, 'sync.held')).toMatchObject([
      {actor: 'user:sam', data: {reason: 'card under review'}},
    ])
    expect(await auditOf(purchaseId, 'sync.hold-released')).toHaveLength(1)
  })

  it('brings back nothing that a refund has ended', async () => {
    const {purchaseId, syncId} = await sentPurchase()
    await setHold(context, {syncId, reason: 'review', actor: 'cli'})
    const purchase = await context.db.purchase.findUniqueOrThrow({where: {id: purchaseId}})
    const charge = await context.db.merchantCharge.findUniqueOrThrow({
      where: {id: purchase.merchantChargeId ?? ''},
    })
    await context.db.chargeFact.create({
      data: {
        id: `re_${randomUUID()}`,
        kind: 'refund',
        chargeId: charge.identifier,
        amount: charge.amount,
        status: 'succeeded',
      },
    })
    await inTransaction(context, (tx) => reviseSyncs({...context, tx}, {purchaseId, actor: 'stripe'}))
    await setHold(context, {syncId, reason: null, actor: 'cli'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'revoked', reason: 'refund'})
  })
})

describe('a support button', () => {
  const press = (revision: number) => ({id: randomUUID(), revision})

  it('is pressed once, however often it is clicked, also at the same moment', async () => {
    const {purchaseId, syncId} = await sentPurchase()
    const retry = {syncId, actor: 'user:sam', reason: 'Buyer asked.', press: press(1)}
    const clicks = await Promise.all([1, 2, 3].map(() => retrySync(context, retry)))
    expect(clicks.map(({outcome}) => outcome).sort()).toEqual(['repeated', 'repeated', 'retried'])
    expect(clicks.map(({revision}) => revision)).toEqual([2, 2, 2])
    expect(await auditOf(purchaseId, 'sync.retried')).toMatchObject([
      {actor: 'user:sam', data: {reason: 'Buyer asked.', revision: 2}},
    ])
    expect((await receivedByPeer(purchaseId)).map(({data}) => data.revision)).toEqual([1, 2])
    const hold = {syncId, reason: 'Card review.', actor: 'user:sam', press: press(2)}
    const holds = await Promise.all([setHold(context, hold), setHold(context, hold)])
    expect(holds.map(({outcome}) => outcome).sort()).toEqual(['changed', 'repeated'])
    expect(await auditOf(purchaseId, 'sync.held')).toHaveLength(1)
  })

  it('does nothing on a page that is out of date: of two supporters at once, one acts', async () => {
    const {purchaseId, syncId} = await sentPurchase()
    const outcomes = await Promise.all([
      setHold(context, {syncId, reason: 'First.', actor: 'user:sam', press: press(1)}),
      setHold(context, {syncId, reason: 'Second.', actor: 'user:kim', press: press(1)}),
      retrySync(context, {syncId, reason: 'Third.', actor: 'user:lee', press: press(1)}),
    ])
    expect(outcomes.map(({outcome}) => outcome).filter((outcome) => outcome !== 'moved-on')).toHaveLength(1)
    const {revision} = await oneSyncOf(purchaseId)
    expect(revision).toBe(2)
    const acts = await context.db.auditEvent.count({
      where: {purchaseId, action: {in: ['sync.held', 'sync.retried']}},
    })
    expect(acts).toBe(1)
  })

  it('holds what is not held and releases what is, also while the sync is frozen', async () => {
    const {purchaseId, syncId, desired} = await sentPurchase()
    await acknowledgeSync(context, {
      answer: answerTo({...desired, revision: 7}, {stateVersion: 7}).data,
      via: 'event',
    })
    const hold = (actor: string) => setHold(context, {syncId, reason: `Of ${actor}.`, actor, press: press(1)})
    expect(await hold('user:sam')).toMatchObject({outcome: 'changed', revision: 1, sent: 'not-due'})
    expect(await hold('user:kim')).toMatchObject({outcome: 'moved-on'})
    expect((await oneSyncOf(purchaseId)).holdReason).toBe('Of user:sam.')
    const release = {syncId, reason: null, releaseReason: 'Cleared.', actor: 'user:kim', press: press(1)}
    expect(await setHold(context, release)).toMatchObject({outcome: 'changed'})
    expect(await auditOf(purchaseId, 'sync.hold-released')).toMatchObject([{data: {reason: 'Cleared.'}}])
    expect(await setHold(context, {...release, press: press(1)})).toMatchObject({outcome: 'moved-on'})
  })

  it('is not stopped by the memory of another press', async () => {
    const {syncId} = await sentPurchase()
    expect(await retrySync(context, {syncId, actor: 'user:sam', press: press(1)})).toMatchObject({
      outcome: 'retried',
    })
    expect(await retrySync(context, {syncId, actor: 'user:sam', press: press(2)})).toMatchObject({
      outcome: 'retried',
      revision: 3,
    })
  })
})

describe('findSyncIds', () => {
  it('takes a sync’s id or a purchase’s, for all of its syncs', async () => {
    const {purchaseId} = await createPurchase({targets: 2})
    const ids = (await syncsOf(purchaseId)).map(({id}) => id)
    expect(await findSyncIds(context, {id: purchaseId})).toEqual(ids)
    expect(await findSyncIds(context, {id: ids[1]!})).toEqual([ids[1]])
    await expect(findSyncIds(context, {id: 'none'})).rejects.toMatchObject({code: 'not-found'})
  })
})
