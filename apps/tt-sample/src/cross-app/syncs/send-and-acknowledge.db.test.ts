import {createBridge} from '@cross-app/shared'
import {beforeEach, describe, expect, it} from 'vitest'
import {answerTo, receivedByPeer} from '../../../test/support/peer'
import {auditOf, createPurchase, later, oneSyncOf, syncsOf} from '../../../test/support/purchase'
import {world} from '../../../test/support/world'
import {env} from '../../server/env'
import {hostContext} from '../../server/host-context'
import {crossAppContext as context} from '../host'
import {inTransaction} from '../in-transaction'
import {acknowledgeSync} from './acknowledge-sync'
import {refuseSync} from './refuse-sync'
import {reviseSyncs} from './revise-syncs'
import {sendDueSyncs} from './send-due-syncs'
import {sendSync} from './send-sync'
import {thawSync} from './thaw-sync'

beforeEach(() => {
  world.eventApi.behaviour = 'ok'
})

const MINUTE = 60_000

describe('sendDueSyncs', () => {
  it('sends each due sync once, also when several senders run at the same moment', async () => {
    const {purchaseId} = await createPurchase({targets: 2})
    await Promise.all(Array.from({length: 5}, () => sendDueSyncs(context, {purchaseId})))
    const received = await receivedByPeer(purchaseId)
    expect(received.map(({name}) => name)).toEqual(['bundle/purchased', 'bundle/purchased'])
    expect(new Set(received.map(({data}) => data.syncId)).size).toBe(2)
  })

  it('sends nothing again until the next attempt is due, and then again until it is answered', async () => {
    const {purchaseId} = await createPurchase()
    await sendDueSyncs(context, {purchaseId})
    await sendDueSyncs(context, {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
    await sendDueSyncs(later(MINUTE), {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(2)
    const [sent] = await receivedByPeer(purchaseId)
    await acknowledgeSync(context, {answer: answerTo(sent!.data).data, via: 'event'})
    await sendDueSyncs(later(60 * MINUTE), {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(2)
  })

  it('moves the next attempt forward before the send, so that a process that dies in it loses nothing', async () => {
    const {purchaseId} = await createPurchase()
    let dueDuringSend: Date | null | undefined
    const dying = {
      ...context,
      bridge: {
        ...context.bridge,
        send: async () => {
          dueDuringSend = (await oneSyncOf(purchaseId)).nextAttemptAt
          throw new Error('the process died here')
        },
      },
    }
    await sendDueSyncs(dying, {purchaseId})
    expect(dueDuringSend?.getTime()).toBeGreaterThan(Date.now())
    await sendDueSyncs(later(MINUTE), {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
  })

  it('keeps sending after any number of failures, shows failed at the cap, alerts once, and recovers by itself', async () => {
    const {purchaseId} = await createPurchase()
    world.eventApi.behaviour = 'unavailable'
    let elapsed = 0
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      elapsed += 15 * MINUTE
      await sendDueSyncs(later(elapsed), {purchaseId})
    }
    const sync = await oneSyncOf(purchaseId)
    expect(sync).toMatchObject({status: 'failed', retryCount: 10})
    expect(sync.errorMessage).toContain('503')
    expect(await auditOf(purchaseId, 'alert.sync-unanswered')).toHaveLength(1)
    world.eventApi.behaviour = 'ok'
    await sendDueSyncs(later(elapsed + 15 * MINUTE), {purchaseId})
    const [sent] = await receivedByPeer(purchaseId)
    await acknowledgeSync(context, {answer: answerTo(sent!.data).data, via: 'event'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({
      status: 'synced',
      retryCount: 0,
      errorMessage: null,
      nextAttemptAt: null,
      dueSince: null,
    })
  })

  it('sends the state of the row as it is now: a refund before the first send goes out as a revoke', async () => {
    const {purchaseId, shop} = await createPurchase()
    await hold(purchaseId, 'revise')
    await sendDueSyncs(context, {purchaseId})
    expect(await receivedByPeer(purchaseId)).toMatchObject([
      {
        name: 'entitlement/revoke',
        data: {revision: 2, mode: 'suspend', reason: 'hold', targetProductId: shop.targetProductIds[0]},
      },
    ])
  })

  it('sends the same event id again when the answer to a send is lost, so that the receiver can tell', async () => {
    const {purchaseId} = await createPurchase()
    world.eventApi.behaviour = 'lost'
    await sendDueSyncs(context, {purchaseId})
    world.eventApi.behaviour = 'ok'
    const ids = world.eventApi.received
      .filter((event) => event.key === 'ah-key' && event.data.purchaseId === purchaseId)
      .map(({id}) => id)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    const [sent] = await receivedByPeer(purchaseId)
    await acknowledgeSync(context, {answer: answerTo(sent!.data).data, via: 'event'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'synced', errorMessage: null})
  })

  it('is not held up by a peer that accepts and never answers', async () => {
    const {purchaseId} = await createPurchase()
    world.eventApi.behaviourOf['ah-key'] = 'hang'
    expect(await sendDueSyncs({...context, bridge: impatientBridge()}, {purchaseId})).toMatchObject({
      sent: 0,
      failures: [{retryable: true}],
    })
    delete world.eventApi.behaviourOf['ah-key']
    await sendDueSyncs(later(MINUTE), {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
  })

  it('gives up on a round when the peer is away, and leaves the rest unclaimed', async () => {
    const {purchaseId} = await createPurchase({targets: 6})
    world.eventApi.behaviour = 'unavailable'
    const report = await sendDueSyncs(context, {purchaseId})
    expect(report).toMatchObject({sent: 0, failures: {length: 4}})
    expect((await syncsOf(purchaseId)).filter((sync) => sync.retryCount === 0)).toHaveLength(2)
  })
})

/** This app's own end of the bridge, but for a patience that suits a test. */
function impatientBridge() {
  return createBridge({
    self: 'total-typescript',
    peer: 'ai-hero',
    environment: 'test',
    secrets: {current: env().CROSS_APP_SECRET},
    eventApi: {baseUrl: world.eventApi.url, eventKey: 'ah-key', timeoutMs: 100},
  })
}

/** Support puts every sync of a purchase on hold. */
async function hold(purchaseId: string, then: 'revise' | 'nothing' = 'revise') {
  await context.db.crossAppSync.updateMany({where: {purchaseId}, data: {holdReason: 'a test'}})
  if (then === 'nothing') return
  await inTransaction(context, (tx) => reviseSyncs({...context, tx}, {purchaseId, actor: 'user:support'}))
}

async function sentPurchase() {
  const purchase = await createPurchase()
  await sendDueSyncs(context, {purchaseId: purchase.purchaseId})
  const [sent] = await receivedByPeer(purchase.purchaseId)
  return {...purchase, desired: sent!.data}
}

describe('acknowledgeSync', () => {
  it('settles the sync when the answered revision and state are ours', async () => {
    const {purchaseId, desired} = await sentPurchase()
    const {data} = answerTo(desired)
    expect(await acknowledgeSync(context, {answer: data, via: 'event'})).toMatchObject({outcome: 'settled'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({
      status: 'synced',
      ackedRevision: 1,
      mirrorStatus: 'active',
      targetUserId: 'user-of-ai-hero',
      targetGrantId: data.grantId,
      targetEntitlementId: data.entitlementIds[0],
      stateVersion: 1,
      syncedAt: expect.any(Date),
    })
  })

  it('changes nothing when the same answer arrives again, also days later and in parallel', async () => {
    const {purchaseId, desired} = await sentPurchase()
    const {data} = answerTo(desired)
    await Promise.all(Array.from({length: 5}, () => acknowledgeSync(context, {answer: data, via: 'event'})))
    const before = await oneSyncOf(purchaseId)
    const again = await acknowledgeSync(later(25 * 60 * MINUTE), {answer: data, via: 'event'})
    expect(again).toMatchObject({outcome: 'unchanged'})
    expect(await oneSyncOf(purchaseId)).toEqual(before)
    expect(await auditOf(purchaseId, 'sync.acknowledged')).toHaveLength(1)
  })

  it('does not settle a newer revision by the answer to an older one', async () => {
    const {purchaseId, desired} = await sentPurchase()
    await hold(purchaseId)
    const {data} = answerTo(desired)
    expect(await acknowledgeSync(context, {answer: data, via: 'event'})).toMatchObject({outcome: 'mirrored'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({revision: 2, ackedRevision: 0, mirrorStatus: 'active'})
    expect((await oneSyncOf(purchaseId)).nextAttemptAt).not.toBeNull()
  })

  it('mirrors a newer state that arrives before an older one, and ignores the older one', async () => {
    const {purchaseId, desired} = await sentPurchase()
    const claimed = answerTo(desired, {stateVersion: 2, claimed: true}).data
    const pending = answerTo(desired, {stateVersion: 1, claimed: false}).data
    await acknowledgeSync(context, {answer: claimed, via: 'event'})
    await acknowledgeSync(context, {answer: pending, via: 'event'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({mirrorStatus: 'active', stateVersion: 2})
  })

  it('shows what the later revision made of it when that was applied before its grant arrived', async () => {
    const {purchaseId} = await sentPurchase()
    await hold(purchaseId)
    await sendDueSyncs(context, {purchaseId})
    const received = await receivedByPeer(purchaseId)
    const {data} = answerTo(received[1]!.data)
    await acknowledgeSync(context, {answer: data, via: 'event'})
    // AI Hero answers the late grant with what it has.
    await acknowledgeSync(context, {answer: data, via: 'event'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({ackedRevision: 2, mirrorStatus: 'suspended'})
  })

  it('freezes a sync when AI Hero knows a later revision, and thaws it above that with the facts of Stripe', async () => {
    const {purchaseId, desired} = await sentPurchase()
    const {data} = answerTo({...desired, revision: 7}, {stateVersion: 9})
    const result = await acknowledgeSync(context, {answer: data, via: 'event'})
    expect(result).toMatchObject({outcome: 'frozen'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({seenRevision: 7, nextAttemptAt: null, stateVersion: 9})
    await sendDueSyncs(later(60 * MINUTE), {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
    expect(await auditOf(purchaseId, 'alert.peer-ahead')).toHaveLength(1)

    expect(await thawSync(context, {syncId: result.syncId, purchaseId})).toBe(true)
    expect(await oneSyncOf(purchaseId)).toMatchObject({revision: 8, frozenAt: null, seenRevision: null})
    await sendDueSyncs(context, {purchaseId})
    expect((await receivedByPeer(purchaseId)).at(-1)?.data).toMatchObject({revision: 8, stateVersionSeen: 9})
  })

  it('freezes a sync on the same revision with another state, and a refund this database forgot comes back', async () => {
    const {purchaseId, desired, bought} = await sentPurchase()
    const intent = bought.session.payment_intent as string
    await hostContext.stripe.refunds.create({payment_intent: intent})
    const {data} = answerTo(desired)
    const conflicting = {...data, appliedState: {...data.appliedState, state: 'revoked' as const}}
    const result = await acknowledgeSync(context, {answer: conflicting as typeof data, via: 'event'})
    expect(result.outcome).toBe('frozen')
    expect(await thawSync(context, {syncId: result.syncId, purchaseId})).toBe(true)
    expect(await oneSyncOf(purchaseId)).toMatchObject({
      revision: 2,
      desiredState: 'revoked',
      reason: 'refund',
    })
  })

  it('ignores a late answer to its own revision while it is frozen', async () => {
    const {purchaseId, desired} = await sentPurchase()
    await acknowledgeSync(context, {
      answer: answerTo({...desired, revision: 3}, {stateVersion: 5}).data,
      via: 'event',
    })
    await acknowledgeSync(context, {answer: answerTo(desired).data, via: 'event'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({ackedRevision: 0, frozenAt: expect.any(Date)})
  })

  it('sends again what AI Hero had acknowledged and then lost', async () => {
    const {purchaseId, desired} = await sentPurchase()
    await hold(purchaseId)
    await sendDueSyncs(context, {purchaseId})
    const second = (await receivedByPeer(purchaseId))[1]!
    await acknowledgeSync(context, {answer: answerTo(second.data).data, via: 'event'})
    const restored = answerTo(desired, {stateVersion: 12}).data
    expect(await acknowledgeSync(context, {answer: restored, via: 'pull'})).toMatchObject({
      outcome: 'reopened',
    })
    await sendDueSyncs(context, {purchaseId})
    expect((await receivedByPeer(purchaseId)).at(-1)?.data).toMatchObject({revision: 2, stateVersionSeen: 12})
  })

  it('alerts on an answer about a sync it does not have', async () => {
    const {desired} = await sentPurchase()
    const {data} = answerTo({...desired, syncId: `lost-${desired.syncId}`})
    expect(await acknowledgeSync(context, {answer: data, via: 'event'})).toMatchObject({
      outcome: 'unknown-sync',
    })
    expect(await auditOf(desired.purchaseId, 'alert.unknown-sync')).toHaveLength(1)
  })
})

describe('refuseSync', () => {
  const refusal = (desired: {syncId: string; revision: number}) => ({
    v: 1 as const,
    syncId: desired.syncId,
    revision: desired.revision,
    code: 'unknown-product',
    message: 'There is no such product here.',
  })

  it('stops sending, says why and alerts; a new revision resumes', async () => {
    const {purchaseId, desired} = await sentPurchase()
    expect(await refuseSync(context, {refusal: refusal(desired)})).toBe(true)
    expect(await oneSyncOf(purchaseId)).toMatchObject({
      status: 'failed',
      nextAttemptAt: null,
      errorMessage: 'unknown-product: There is no such product here.',
    })
    expect(await auditOf(purchaseId, 'alert.sync-refused')).toHaveLength(1)
    await sendDueSyncs(later(60 * MINUTE), {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
    await inTransaction(context, (tx) =>
      reviseSyncs({...context, tx}, {purchaseId, actor: 'user:support', raise: {syncId: desired.syncId}}),
    )
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'pending', revision: 2})
    await sendDueSyncs(context, {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(2)
  })

  it('changes nothing for an older revision, or one that was applied after all', async () => {
    const {purchaseId, desired} = await sentPurchase()
    await acknowledgeSync(context, {answer: answerTo(desired).data, via: 'event'})
    expect(await refuseSync(context, {refusal: refusal(desired)})).toBe(false)
    await hold(purchaseId)
    expect(await refuseSync(context, {refusal: refusal(desired)})).toBe(false)
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'pending', refusedRevision: null})
  })
})

describe('sendSync', () => {
  it('says that nothing is due for a sync that does not exist or is settled', async () => {
    expect(await sendSync(context, {syncId: 'no-such-sync'})).toEqual({outcome: 'not-due'})
    const {desired} = await sentPurchase()
    await acknowledgeSync(context, {answer: answerTo(desired).data, via: 'event'})
    expect(await sendSync(later(60 * MINUTE), {syncId: desired.syncId})).toEqual({outcome: 'not-due'})
  })
})
