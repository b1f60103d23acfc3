import {randomUUID} from 'node:crypto'
import {describeLogin, isCrossAppEventName} from '@cross-app/shared'
import {beforeEach, describe, expect, it} from 'vitest'
import {callFunction, registeredTriggers, useFunctions} from '../../../test/support/call-function'
import {linked, linkedUser, recordOfUser, unlinked} from '../../../test/support/link'
import {answerTo, type Desired, receivedByPeer, signedByPeer} from '../../../test/support/peer'
import {auditOf, createPurchase, oneSyncOf} from '../../../test/support/purchase'
import {buy, createBundle, createUser} from '../../../test/support/shop'
import {world} from '../../../test/support/world'
import {fetchCheckout} from '../../commerce/fetch-checkout'
import {recordCheckout} from '../../commerce/record-checkout'
import {confirmEmail} from '../../server/auth/confirm-email'
import {hostContext} from '../../server/host-context'
import {crossAppContext as context} from '../host'

useFunctions()
beforeEach(() => {
  world.eventApi.behaviour = 'ok'
  world.mail.available = true
})

const triggers = registeredTriggers()
const fromPeer = triggers.filter(({event}) => isCrossAppEventName(event))

/** What an event of this name would say if it were genuine. */
function forgedData(event: string, desired: Desired, userId: string): unknown {
  switch (event) {
    case 'entitlement/failed':
      return {v: 1, syncId: desired.syncId, revision: 1, code: 'x', message: 'x'}
    case 'account/linked':
      return linked(userId).data
    case 'account/unlinked':
      return unlinked(userId).data
    case 'user/oauth-login':
      return describeLogin({userId: 'ah-user', provider: 'github', providerAccountId: userId}, new Date())
        .data
    default:
      return answerTo(desired).data
  }
}

/** Everything an answer could have changed. */
const snapshot = async () => ({
  syncs: await context.db.crossAppSync.findMany({orderBy: {id: 'asc'}}),
  purchases: await context.db.purchase.findMany({orderBy: {id: 'asc'}}),
  links: await context.db.accountLink.findMany({orderBy: {id: 'asc'}}),
  toldLogins: world.eventApi.received.filter(({key, name}) => key === 'ah-key' && name === 'user/oauth-login')
    .length,
})

async function sentPurchase() {
  const purchase = await createPurchase()
  await callFunction('emit-bundle-purchase', {
    name: 'purchase/created',
    data: {purchaseId: purchase.purchaseId, productId: purchase.shop.productId, checkoutSessionId: 'unused'},
  })
  const [sent] = await receivedByPeer(purchase.purchaseId)
  return {...purchase, desired: sent!.data}
}

describe('every function that listens to the other app', () => {
  it('is known to this test by its trigger', () => {
    expect(fromPeer.map(({event}) => event).sort()).toEqual([
      'account/linked',
      'account/unlinked',
      'entitlement/failed',
      'entitlement/granted',
      'entitlement/revoked',
      'user/oauth-login',
    ])
  })

  it.each(fromPeer)(
    '$functionId refuses an unsigned event for good, changes nothing, and writes it down',
    async ({functionId, event}) => {
      const {desired, purchaseId, userId} = await sentPurchase()
      const data = forgedData(event, desired, userId)
      const before = await snapshot()
      const id = `forged-${randomUUID()}`
      expect(await callFunction(functionId, {name: event, id, data})).toMatchObject({
        status: 400,
        final: true,
      })
      expect(await snapshot()).toEqual(before)
      expect(
        await context.db.auditEvent.findMany({where: {action: 'event.rejected', subject: id}}),
      ).toMatchObject([{data: {code: 'forged-event', event}}])
      expect(await oneSyncOf(purchaseId)).toMatchObject({ackedRevision: 0})
    },
  )

  it('accepts the same event with its proof (control)', async () => {
    const {desired, purchaseId} = await sentPurchase()
    const signed = await signedByPeer(answerTo(desired))
    expect(await callFunction('handle-entitlement-granted', signed)).toMatchObject({status: 200})
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'synced', ackedRevision: 1})
  })
})

describe('the functions of links', () => {
  it('apply a genuine link and its end (control)', async () => {
    const userId = await linkedUser()
    const ended = await signedByPeer(unlinked(userId))
    expect(await callFunction('handle-account-unlinked', ended)).toMatchObject({
      status: 200,
      body: {outcome: 'mirrored'},
    })
    const again = await signedByPeer(linked(userId, {linkRevision: 3}))
    expect(await callFunction('handle-account-linked', again)).toMatchObject({body: {outcome: 'mirrored'}})
    expect(await callFunction('handle-account-linked', again)).toMatchObject({body: {outcome: 'unchanged'}})
    expect(await recordOfUser(userId)).toMatchObject({linkRevision: 3, link: {ended: null}})
  })

  it('take no link from the event of another name', async () => {
    const {id: userId} = await createUser()
    const signed = await signedByPeer(linked(userId))
    const answer = await callFunction('handle-account-unlinked', {...signed, name: 'account/unlinked'})
    expect(answer).toMatchObject({status: 400, final: true})
    expect(await context.db.accountLink.count({where: {userId}})).toBe(0)
  })
})

describe("an event of this app's own queue that names no row", () => {
  const own = triggers.filter(({event}) => !isCrossAppEventName(event))

  it.each(
    own.flatMap((trigger) => [
      {...trigger, data: {}},
      {
        ...trigger,
        data: {purchaseId: {not: ''}, userId: {not: ''}, provider: {not: ''}, outboxId: {not: ''}},
      },
    ]),
  )(
    '$functionId refuses $event with $data for good, and touches nobody',
    async ({functionId, event, data}) => {
      const {purchaseId} = await createPurchase()
      expect(await callFunction(functionId, {name: event, data})).toMatchObject({status: 400, final: true})
      expect(await oneSyncOf(purchaseId)).toMatchObject({retryCount: 0, revision: 1})
      expect(await receivedByPeer(purchaseId)).toEqual([])
    },
  )
})

describe('an event that is signed, but not for this', () => {
  const reject = async (
    make: (
      desired: Parameters<typeof answerTo>[0],
    ) => Promise<{name: string; id: string; data: Record<string, unknown>}>,
  ) => {
    const {desired} = await sentPurchase()
    const before = await snapshot()
    const answer = await callFunction('handle-entitlement-granted', await make(desired))
    expect(await snapshot()).toEqual(before)
    return answer
  }

  it('is refused for good when its readable copy was changed', async () => {
    const answer = await reject(async (desired) => {
      const signed = await signedByPeer(answerTo(desired))
      return {...signed, data: {...signed.data, targetUserId: 'mallory'}}
    })
    expect(answer).toMatchObject({status: 400, final: true})
  })

  it.each([
    ['another environment', {environment: 'staging'}],
    ['this very app', {from: 'total-typescript' as const}],
    ['a secret that is not ours (yet)', {secret: 'another secret of at least thirty-two bytes'}],
  ])('comes from %s: it is tried again, never applied, and written down', async (_, over) => {
    const answer = await reject((desired) => signedByPeer(answerTo(desired), over))
    expect(answer).toMatchObject({status: 500, final: false})
    expect(
      await context.db.auditEvent.count({
        where: {action: 'event.rejected', data: {path: '$.code', equals: 'unknown-key'}},
      }),
    ).toBeGreaterThan(0)
  })

  it('changes nothing when a genuine one is replayed, 25 hours later or at once', async () => {
    const {desired} = await sentPurchase()
    const signed = await signedByPeer(answerTo(desired))
    await callFunction('handle-entitlement-granted', signed)
    const before = await snapshot()
    expect(await callFunction('handle-entitlement-granted', signed)).toMatchObject({status: 200})
    expect(await snapshot()).toEqual(before)
  })
})

describe('emit-bundle-purchase', () => {
  it('asks to be run again when AI Hero can not be reached, and the row is due by then', async () => {
    const {purchaseId, shop} = await createPurchase()
    world.eventApi.behaviourOf['ah-key'] = 'unavailable'
    const event = {
      name: 'purchase/created',
      data: {purchaseId, productId: shop.productId, checkoutSessionId: 'unused'},
    }
    expect(await callFunction('emit-bundle-purchase', event)).toMatchObject({status: 500, final: false})
    const {nextAttemptAt} = await oneSyncOf(purchaseId)
    expect(nextAttemptAt!.getTime() - Date.now()).toBeLessThan(7_000)
    delete world.eventApi.behaviourOf['ah-key']
  })

  it('tells AI Hero that the owner is proven once a guest has confirmed the address', async () => {
    const shop = await createBundle({targets: 1})
    const bought = await buy(shop)
    const checkout = await fetchCheckout(hostContext.stripe, bought.sessionId)
    const recorded = await recordCheckout(hostContext, {checkout, event: null})
    if (recorded.outcome !== 'recorded') throw new Error('not recorded')
    const {purchaseId} = recorded
    await callFunction('emit-bundle-purchase', {name: 'purchase/created', data: {purchaseId}})
    expect((await receivedByPeer(purchaseId))[0]?.data.owner.proven).toBe(false)

    const {ownerUserId} = await oneSyncOf(purchaseId)
    await confirmEmail(hostContext, {userId: ownerUserId})
    await confirmEmail(hostContext, {userId: ownerUserId})
    const announced = world.eventApi.received.filter(
      (event) => event.name === 'user/email-verified' && event.data.userId === ownerUserId,
    )
    expect(announced).toHaveLength(1)
    await callFunction('emit-bundle-purchase', {name: 'user/email-verified', data: {userId: ownerUserId}})
    expect((await receivedByPeer(purchaseId)).at(-1)).toMatchObject({
      name: 'bundle/purchased',
      data: {revision: 2, owner: {proven: true}, reason: 'resync'},
    })
  })
})

describe('emit-revocation', () => {
  it("brings a team's seats up to date when the team's purchase is refunded", async () => {
    const team = await createPurchase()
    const couponId = `coupon-${randomUUID()}`
    await context.db.coupon.create({
      data: {id: couponId, percentageDiscount: '1.00', bulkPurchaseId: team.purchaseId},
    })
    const seat = await createPurchase()
    await context.db.purchase.update({
      where: {id: seat.purchaseId},
      data: {redeemedBulkCouponId: couponId, merchantChargeId: null},
    })
    const purchase = await context.db.purchase.findUniqueOrThrow({where: {id: team.purchaseId}})
    const charge = await context.db.merchantCharge.findUniqueOrThrow({
      where: {id: purchase.merchantChargeId ?? ''},
    })
    await context.db.chargeFact.create({
      data: {
        id: `re_${randomUUID()}`,
        kind: 'refund',
        chargeId: charge.identifier,
        amount: 49_900,
        status: 'succeeded',
      },
    })
    await callFunction('emit-revocation', {
      name: 'purchase/refunded',
      data: {purchaseId: team.purchaseId},
    })
    expect(await oneSyncOf(team.purchaseId)).toMatchObject({desiredState: 'revoked'})
    expect((await receivedByPeer(seat.purchaseId)).at(-1)).toMatchObject({
      name: 'entitlement/revoke',
      data: {mode: 'revoke', reason: 'refund'},
    })
  })
})

describe('handle-entitlement-failed', () => {
  it('stops the sending and alerts', async () => {
    const {desired, purchaseId} = await sentPurchase()
    const signed = await signedByPeer({
      name: 'entitlement/failed',
      data: {v: 1, syncId: desired.syncId, revision: 1, code: 'unknown-product', message: 'Not here.'},
    })
    expect(await callFunction('handle-entitlement-failed', signed)).toMatchObject({status: 200})
    expect(await oneSyncOf(purchaseId)).toMatchObject({status: 'failed', nextAttemptAt: null})
    expect(await auditOf(purchaseId, 'alert.sync-refused')).toHaveLength(1)
  })
})

describe('send-email', () => {
  it('sends a mail once, when the provider is up again', async () => {
    const {purchaseId} = await createPurchase()
    const row = await context.db.outbox.findUniqueOrThrow({where: {happening: `receipt:${purchaseId}`}})
    const event = {name: 'email/requested', data: {outboxId: row.id}}
    world.mail.available = false
    expect(await callFunction('send-email', event)).toMatchObject({status: 500, final: false})
    expect(await context.db.outbox.findUnique({where: {id: row.id}})).toMatchObject({dispatchedAt: null})
    world.mail.available = true
    await Promise.all([callFunction('send-email', event), callFunction('send-email', event)])
    await callFunction('send-email', event)
    const sent = world.mail.delivered.filter((mail) => mail.idempotencyKey === `total-typescript-${row.id}`)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.text).toContain(purchaseId)
    expect(await context.db.outbox.findUnique({where: {id: row.id}})).toMatchObject({
      dispatchedAt: expect.any(Date),
      nextAttemptAt: null,
    })
    expect(await auditOf(purchaseId, 'email.sent')).toHaveLength(1)
  })

  it('is not taken for a mail of AI Hero about the same happening, which may share the provider', async () => {
    const userId = await linkedUser()
    const happening = `email:linked:${userId}:1`
    const {id} = await context.db.outbox.findUniqueOrThrow({where: {happening}})
    // AI Hero names the happening alike, so its row has the same id.
    const theirs = {idempotencyKey: `ai-hero-${id}`, to: 'ada@ai-hero.example', subject: 'Linked', text: 'x'}
    world.mail.delivered.push(theirs, {...theirs, idempotencyKey: id})
    await callFunction('send-email', {name: 'email/requested', data: {outboxId: id}})
    const {email} = await context.db.user.findUniqueOrThrow({where: {id: userId}})
    expect(world.mail.delivered.filter(({to}) => to === email)).toHaveLength(1)
  })

  it('counts a mail that the provider took before, and that reads differently now, as sent', async () => {
    const {purchaseId} = await createPurchase()
    const {id} = await context.db.outbox.findUniqueOrThrow({where: {happening: `receipt:${purchaseId}`}})
    const idempotencyKey = `total-typescript-${id}`
    world.mail.delivered.push({
      idempotencyKey,
      to: 'ada@example.com',
      subject: 'Receipt',
      text: 'rendered before',
    })
    const event = {name: 'email/requested', data: {outboxId: id}}
    expect(await callFunction('send-email', event)).toMatchObject({body: {outcome: 'sent'}})
    expect(await context.db.outbox.findUnique({where: {id}})).toMatchObject({nextAttemptAt: null})
  })

  it('sends the receipt of a product that has no page', async () => {
    const {purchaseId, shop} = await createPurchase()
    await context.db.contentPage.delete({where: {productId: shop.productId}})
    const {id} = await context.db.outbox.findUniqueOrThrow({where: {happening: `receipt:${purchaseId}`}})
    const event = {name: 'email/requested', data: {outboxId: id}}
    expect(await callFunction('send-email', event)).toMatchObject({status: 200, body: {outcome: 'sent'}})
    expect(
      world.mail.delivered.find((mail) => mail.idempotencyKey === `total-typescript-${id}`)?.text,
    ).toContain(shop.productId)
  })

  it.each([
    ['of a purchase that is gone', 'receipt', {purchaseId: 'gone'}],
    ['that this version does not know', 'from-the-future', {}],
  ])('closes a mail %s, and tells people, instead of being unready for ever', async (_, name, data) => {
    const {purchaseId} = await createPurchase()
    const {id} = await context.db.outbox.update({
      where: {happening: `receipt:${purchaseId}`},
      data: {name, payload: {purchaseId, to: 'ada@example.com', ...data}},
    })
    const event = {name: 'email/requested', data: {outboxId: id}}
    expect(await callFunction('send-email', event)).toMatchObject({status: 200, body: {outcome: 'refused'}})
    expect(await context.db.outbox.findUnique({where: {id}})).toMatchObject({nextAttemptAt: null})
    expect(await context.db.auditEvent.count({where: {action: 'alert.email-refused', subject: id}})).toBe(1)
  })

  it('closes a mail that the provider refuses for good, and tells people', async () => {
    const {purchaseId} = await createPurchase()
    const {id} = await context.db.outbox.update({
      where: {happening: `receipt:${purchaseId}`},
      data: {payload: {purchaseId, to: 'nobody@refused.example'}},
    })
    const event = {name: 'email/requested', data: {outboxId: id}}
    expect(await callFunction('send-email', event)).toMatchObject({status: 200, body: {outcome: 'refused'}})
    expect(await context.db.outbox.findUnique({where: {id}})).toMatchObject({
      dispatchedAt: null,
      nextAttemptAt: null,
    })
    expect(await auditOf(purchaseId, 'alert.email-refused')).toHaveLength(1)
    expect(await callFunction('send-email', event)).toMatchObject({body: {outcome: 'nothing-to-do'}})
  })
})
