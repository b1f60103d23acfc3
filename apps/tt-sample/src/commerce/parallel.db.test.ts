import {randomUUID} from 'node:crypto'
import {deriveSyncStatus} from '@cross-app/shared'
import type Stripe from 'stripe'
import {describe, expect, it} from 'vitest'
import {deliver, useWebhook} from '../../test/support/deliver'
import {answerTo, receivedByPeer} from '../../test/support/peer'
import {later, syncsOf} from '../../test/support/purchase'
import {type Bought, buy, createBundle, createUser, refund} from '../../test/support/shop'
import {inTransaction, recordPurchaseSyncs, reviseSyncs} from '../cross-app'
import {acknowledgeSync} from '../cross-app/syncs/acknowledge-sync'
import {recordMissingSyncs} from '../cross-app/syncs/record-missing-syncs'
import {sendDueSyncs} from '../cross-app/syncs/send-due-syncs'
import {confirmEmail} from '../server/auth/confirm-email'
import {hostContext} from '../server/host-context'
import {purchaseIdOf} from './record-checkout'

useWebhook()
const {db} = hostContext
const context = hostContext.crossApp

const disputeEvent = (charge: string, id: string, status: string) =>
  ({
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: status === 'needs_response' ? 'charge.dispute.created' : 'charge.dispute.closed',
    created: Math.floor(Date.now() / 1000),
    data: {object: {id, object: 'dispute', charge, amount: 49_900, status}},
  }) as unknown as Stripe.Event

const chargeOf = async (bought: Bought) => {
  const intent = await hostContext.stripe.paymentIntents.retrieve(String(bought.session.payment_intent))
  return String(intent.latest_charge)
}

/** Seeded, so that a failure can be run again. */
function shuffled<Item>(items: Item[], seed: number): Item[] {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return items
    .map((item) => ({item, order: next()}))
    .sort((left, right) => left.order - right.order)
    .map(({item}) => item)
}

describe('everything that can happen to some purchases, all at once', () => {
  it.each([1, 2, 3])('fails nowhere and ends where the facts say (seed %i)', async (seed) => {
    const shop = await createBundle({targets: 2})
    const guest = await createUser({verified: false})
    const fates = ['kept', 'refunded', 'won', 'lost', 'refunded-and-won', 'partly-refunded'] as const
    const purchases = []
    for (const fate of fates) {
      const bought = await buy(shop, {email: guest.email})
      const charge = await chargeOf(bought)
      const dispute = `du_${randomUUID()}`
      const events = [bought.completed, bought.completed]
      if (fate.includes('refunded')) {
        const {created, charged} = await refund(bought, fate === 'partly-refunded' ? {amount: 100} : {})
        events.push(created, charged, created)
      }
      if (fate === 'won' || fate === 'refunded-and-won') {
        events.push(disputeEvent(charge, dispute, 'needs_response'), disputeEvent(charge, dispute, 'won'))
      }
      if (fate === 'lost') {
        events.push(disputeEvent(charge, dispute, 'lost'), disputeEvent(charge, dispute, 'needs_response'))
      }
      purchases.push({fate, events, purchaseId: await purchaseIdOf(bought.sessionId)})
    }
    const verbs: (() => Promise<unknown>)[] = []
    for (const {events, purchaseId} of purchases) {
      for (const event of events) {
        verbs.push(async () => {
          const status = await deliver(event)
          if (status !== 200) throw new Error(`${event.type} was answered with ${status}`)
        })
      }
      const within = <Result>(work: Parameters<typeof inTransaction<Result>>[1]) =>
        inTransaction(context, work)
      for (let times = 0; times < 4; times += 1) {
        verbs.push(
          () => within((tx) => reviseSyncs({...context, tx}, {purchaseId, actor: 'test'})),
          () => within((tx) => recordPurchaseSyncs({...context, tx}, {purchaseId, actor: 'test'})),
          () => sendDueSyncs(later(20_000), {purchaseId}),
          async () => {
            for (const {data} of await receivedByPeer(purchaseId)) {
              await acknowledgeSync(context, {answer: answerTo(data).data, via: 'event'})
            }
          },
        )
      }
    }
    verbs.push(
      () => confirmEmail(hostContext, {userId: guest.id}),
      () => recordMissingSyncs(context),
    )
    const outcomes = await Promise.allSettled(shuffled(verbs, seed).map((verb) => verb()))
    expect(verbs.length).toBeGreaterThan(100)
    expect(outcomes.filter(({status}) => status === 'rejected')).toEqual([])

    const expected = {
      kept: 'granted',
      refunded: 'revoked',
      won: 'granted',
      lost: 'revoked',
      'refunded-and-won': 'revoked',
      'partly-refunded': 'granted',
    }
    for (const {fate, purchaseId} of purchases) {
      // What the event `user/email-verified` does for purchases that were recorded before.
      await inTransaction(context, (tx) => reviseSyncs({...context, tx}, {purchaseId, actor: 'test'}))
      const syncs = await syncsOf(purchaseId)
      expect([fate, syncs.map((sync) => sync.desiredState)]).toEqual([fate, [expected[fate], expected[fate]]])
      expect(syncs.every((sync) => sync.ownerProven && sync.frozenAt === null)).toBe(true)
      for (const sync of syncs) {
        expect(sync.status).toBe(deriveSyncStatus({...sync, state: sync.desiredState as 'granted'}))
        expect(sync.nextAttemptAt === null).toBe(sync.ackedRevision === sync.revision)
        expect(sync.dueSince === null).toBe(sync.ackedRevision === sync.revision)
      }
      const purchase = await db.purchase.findUniqueOrThrow({where: {id: purchaseId}})
      expect([fate, purchase.status]).toEqual([
        fate,
        expected[fate] === 'granted' ? 'Valid' : fate === 'lost' ? 'Disputed' : 'Refunded',
      ])
    }
  })
})
