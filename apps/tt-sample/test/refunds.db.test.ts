import {randomUUID} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {findOpenPurchase} from '../src/access/find-open-purchase'
import {recordChargeFact} from '../src/commerce/record-charge-fact'
import {purchaseIdOf} from '../src/commerce/record-checkout'
import {emitBundlePurchase} from '../src/cross-app/functions/emit-bundle-purchase'
import {acknowledgeSync} from '../src/cross-app/syncs/acknowledge-sync'
import {sendDueSyncs} from '../src/cross-app/syncs/send-due-syncs'
import {hostContext} from '../src/server/host-context'
import {deliver, useWebhook} from './support/deliver'
import {answerTo, receivedByPeer} from './support/peer'
import {auditOf, createPurchase, later, oneSyncOf, syncsOf} from './support/purchase'
import {buy, createBundle, createUser, refund} from './support/shop'
import {world} from './support/world'

useWebhook()
const {db} = hostContext
const context = hostContext.crossApp

const statusOf = async (purchaseId: string) =>
  (await db.purchase.findUniqueOrThrow({where: {id: purchaseId}})).status

describe('a refund', () => {
  it('of everything makes one new revision, a revoke, and closes the course here', async () => {
    const {purchaseId, bought, shop, userId} = await createPurchase()
    expect(await findOpenPurchase(hostContext, {userId, productId: shop.ownProductId})).not.toBeNull()
    const {created, charged} = await refund(bought)
    expect([await deliver(created), await deliver(charged), await deliver(created)]).toEqual([200, 200, 200])
    expect(await statusOf(purchaseId)).toBe('Refunded')
    expect(await oneSyncOf(purchaseId)).toMatchObject({
      revision: 2,
      desiredState: 'revoked',
      reason: 'refund',
    })
    expect(await findOpenPurchase(hostContext, {userId, productId: shop.ownProductId})).toBeNull()
    const charge = await db.merchantCharge.findFirstOrThrow({where: {userId}})
    expect(charge).toMatchObject({amount: 49_900, refundAmount: 49_900, net: 0})
    expect(
      world.eventApi.received.some(
        (event) => event.name === 'purchase/refunded' && event.data.purchaseId === purchaseId,
      ),
    ).toBe(true)
  })

  it('of a part is written down, and access stays', async () => {
    const {purchaseId, bought, shop, userId} = await createPurchase()
    const {created, refund: made} = await refund(bought, {amount: 10_000})
    await deliver(created)
    expect(await statusOf(purchaseId)).toBe('Valid')
    expect(await oneSyncOf(purchaseId)).toMatchObject({revision: 1, desiredState: 'granted'})
    expect(await findOpenPurchase(hostContext, {userId, productId: shop.ownProductId})).not.toBeNull()
    expect(await auditOf(purchaseId, 'charge.refund')).toMatchObject([
      {subject: made.id, data: {amount: 10_000}},
    ])
  })

  it('in several parts, also in parallel, revokes once when they reach what was paid', async () => {
    const {purchaseId, bought} = await createPurchase({targets: 2})
    const parts = []
    for (const amount of [20_000, 20_000, 9_900]) parts.push(await refund(bought, {amount}))
    const statuses = await Promise.all(
      parts.flatMap(({created, charged}) => [deliver(created), deliver(charged)]),
    )
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200])
    expect(await statusOf(purchaseId)).toBe('Refunded')
    expect((await syncsOf(purchaseId)).map(({revision, desiredState}) => ({revision, desiredState}))).toEqual(
      [
        {revision: 2, desiredState: 'revoked'},
        {revision: 2, desiredState: 'revoked'},
      ],
    )
    expect(await auditOf(purchaseId, 'sync.revised')).toHaveLength(2)
  })

  it('in several parts below what was paid leaves access (control for the sum)', async () => {
    const {purchaseId, bought} = await createPurchase()
    for (const amount of [20_000, 20_000]) await deliver((await refund(bought, {amount})).created)
    expect(await statusOf(purchaseId)).toBe('Valid')
  })

  it('before emit-bundle-purchase has run ends revoked: AI Hero is never asked to grant', async () => {
    const {purchaseId, bought} = await createPurchase()
    await deliver((await refund(bought)).created)
    // The function that was triggered by the purchase runs only now, and late.
    expect(emitBundlePurchase.id()).toBe('emit-bundle-purchase')
    await sendDueSyncs(context, {purchaseId})
    expect(await receivedByPeer(purchaseId)).toMatchObject([
      {name: 'entitlement/revoke', data: {revision: 2, mode: 'revoke', reason: 'refund'}},
    ])
  })

  it('ends revoked on this side when the revoke overtakes its grant', async () => {
    const {purchaseId, bought} = await createPurchase()
    await sendDueSyncs(context, {purchaseId})
    await deliver((await refund(bought)).created)
    await sendDueSyncs(context, {purchaseId})
    const [grant, revoke] = await receivedByPeer(purchaseId)
    expect([grant?.name, revoke?.name]).toEqual(['bundle/purchased', 'entitlement/revoke'])
    const {data} = answerTo(revoke!.data, {stateVersion: 1})
    // The tombstone's answer, and then the same again in answer to the late grant.
    await acknowledgeSync(context, {answer: data, via: 'event'})
    await acknowledgeSync(context, {answer: data, via: 'event'})
    expect(await oneSyncOf(purchaseId)).toMatchObject({
      status: 'revoked',
      ackedRevision: 2,
      mirrorStatus: 'revoked',
      revokedAt: expect.any(Date),
    })
  })

  it('that fails after all restores access, unless another one stands', async () => {
    const {purchaseId, bought} = await createPurchase()
    const {created, refund: made} = await refund(bought)
    await deliver(created)
    expect(await statusOf(purchaseId)).toBe('Refunded')
    const failed = {
      ...created,
      id: `evt_${randomUUID()}`,
      type: 'refund.failed',
      data: {object: {...made, status: 'failed'}},
    } as typeof created
    await deliver(failed)
    expect(await statusOf(purchaseId)).toBe('Valid')
    expect(await oneSyncOf(purchaseId)).toMatchObject({
      revision: 3,
      desiredState: 'granted',
      reason: 'restored',
    })
    // The older news of the same refund arrives again under another event id.
    await deliver({...created, id: `evt_${randomUUID()}`} as typeof created)
    expect(await statusOf(purchaseId)).toBe('Valid')
  })
})

describe('two purchases of the same bundle', () => {
  it('keep access while one is left, and lose it with the second refund', async () => {
    const shop = await createBundle({targets: 1})
    const user = await createUser()
    const first = await buy(shop, {userId: user.id})
    const second = await buy(shop, {userId: user.id})
    await deliver(first.completed)
    await deliver(second.completed)
    const open = () => findOpenPurchase(hostContext, {userId: user.id, productId: shop.ownProductId})
    await deliver((await refund(first)).created)
    expect(await open()).toMatchObject({id: await purchaseIdOf(second.sessionId)})
    expect(await oneSyncOf(await purchaseIdOf(first.sessionId))).toMatchObject({desiredState: 'revoked'})
    expect(await oneSyncOf(await purchaseIdOf(second.sessionId))).toMatchObject({desiredState: 'granted'})
    await deliver((await refund(second)).created)
    expect(await open()).toBeNull()
    expect(await oneSyncOf(await purchaseIdOf(second.sessionId))).toMatchObject({desiredState: 'revoked'})
  })
})

describe('a dispute', () => {
  const dispute = async (purchaseId: string, id: string, status: string) => {
    const purchase = await db.purchase.findUniqueOrThrow({where: {id: purchaseId}})
    const charge = await db.merchantCharge.findUniqueOrThrow({where: {id: purchase.merchantChargeId ?? ''}})
    await recordChargeFact(hostContext, {
      fact: {id, kind: 'dispute', chargeId: charge.identifier, amount: 49_900, status},
      event: null,
    })
  }

  it('suspends, restores when won, and revokes when lost; an inquiry changes nothing', async () => {
    const {purchaseId} = await createPurchase()
    const id = `dp_${randomUUID()}`
    await dispute(purchaseId, id, 'warning_needs_response')
    expect(await oneSyncOf(purchaseId)).toMatchObject({revision: 1, desiredState: 'granted'})
    await dispute(purchaseId, id, 'needs_response')
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'suspended', reason: 'dispute'})
    expect(await statusOf(purchaseId)).toBe('Disputed')
    await dispute(purchaseId, id, 'won')
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'granted', reason: 'restored'})
    const second = `dp_${randomUUID()}`
    await dispute(purchaseId, second, 'lost')
    // Late news of the same dispute.
    await dispute(purchaseId, second, 'needs_response')
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'revoked', reason: 'dispute'})
  })

  it('that is won does not bring back what was refunded', async () => {
    const {purchaseId, bought} = await createPurchase()
    const id = `dp_${randomUUID()}`
    await dispute(purchaseId, id, 'needs_response')
    await deliver((await refund(bought)).created)
    await dispute(purchaseId, id, 'won')
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'revoked', reason: 'refund'})
    await sendDueSyncs(later(60_000), {purchaseId})
  })
})
