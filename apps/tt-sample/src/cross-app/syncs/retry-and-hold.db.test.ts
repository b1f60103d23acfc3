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
    expect(await retrySync(context, {syncId, actor: 'user:sam'})).toEqual({revision: 2, sent: 'sent'})
    expect((await receivedByPeer(purchaseId)).at(-1)?.data).toMatchObject({revision: 2})
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'pending', errorMessage: null})
    expect(await auditOf(purchaseId, 'sync.retried')).toMatchObject([
      {actor: 'user:sam', data: {revision: 2}},
    ])
  })

  it('says that AI Hero was away, and leaves the sync due', async () => {
    const {purchaseId, syncId} = await sentPurchase()
    world.eventApi.behaviourOf['ah-key'] = 'unavailable'
    expect(await retrySync(context, {syncId, actor: 'cli'})).toEqual({revision: 2, sent: 'not-sent'})
    expect((await oneSyncOf(purchaseId)).nextAttemptAt).not.toBeNull()
  })

  it('thaws a frozen sync, above the revision that AI Hero has seen', async () => {
    const {purchaseId, syncId, desired} = await sentPurchase()
    const ahead = answerTo({...desired, revision: 7}, {stateVersion: 7}).data
    await acknowledgeSync(context, {answer: ahead, via: 'event'})
    expect((await oneSyncOf(purchaseId)).frozenAt).not.toBeNull()
    expect(await retrySync(context, {syncId, actor: 'cli'})).toEqual({revision: 8, sent: 'sent'})
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
    expect(await setHold(context, hold)).toEqual({changed: true, revision: 2, sent: 'sent'})
    expect((await receivedByPeer(purchaseId)).at(-1)).toMatchObject({
      name: 'entitlement/revoke',
      data: {syncId, mode: 'suspend', reason: 'hold', revision: 2},
    })
    expect(await setHold(context, hold)).toMatchObject({changed: false, revision: 2})
    expect(await setHold(context, {...hold, reason: null})).toEqual({
      changed: true,
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

describe('findSyncIds', () => {
  it('takes a sync’s id or a purchase’s, for all of its syncs', async () => {
    const {purchaseId} = await createPurchase({targets: 2})
    const ids = (await syncsOf(purchaseId)).map(({id}) => id)
    expect(await findSyncIds(context, {id: purchaseId})).toEqual(ids)
    expect(await findSyncIds(context, {id: ids[1]!})).toEqual([ids[1]])
    await expect(findSyncIds(context, {id: 'none'})).rejects.toMatchObject({code: 'not-found'})
  })
})
