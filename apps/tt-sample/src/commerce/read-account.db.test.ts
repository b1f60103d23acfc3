import {randomUUID} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {createPurchase} from '../../test/support/purchase'
import {buy, createBundle, createUser} from '../../test/support/shop'
import {hostContext} from '../server/host-context'
import {fetchCheckout} from './fetch-checkout'
import {getAccount} from './read-account'
import {readUserSyncStatus} from './read-sync-status'
import {getCheckoutSyncStatus, getThankYou} from './read-thank-you'
import {recordCheckout} from './record-checkout'

const {db, crossApp} = hostContext
const offered = [
  {id: 'github', name: 'GitHub'},
  {id: 'discord', name: 'Discord'},
]

async function attach(userId: string, provider: string, attachedAt: Date | null) {
  const providerAccountId = randomUUID()
  await db.account.create({data: {userId, provider, providerAccountId, type: 'oauth'}})
  if (attachedAt === null) return
  await db.providerAccountSeen.create({
    data: {provider, providerAccountId, userId, attachedAt, newUser: false},
  })
}

async function createLink(userId: string, columns: Record<string, unknown> = {}) {
  await db.accountLink.create({
    data: {
      id: randomUUID(),
      userId,
      linkedApp: 'ai-hero',
      linkedUserId: `ah-${randomUUID()}`,
      linkedEmail: null,
      linkMethod: 'oauth-github',
      linkedAt: new Date('2026-01-05T09:00:00.000Z'),
      linkRevision: 1,
      ...columns,
    },
  })
}

/** What a guest bought, and the page's way to it. */
async function createGuestPurchase() {
  const email = `${randomUUID()}@example.com`
  const shop = await createBundle()
  const {sessionId} = await buy(shop, {email})
  const checkout = await fetchCheckout(hostContext.stripe, sessionId)
  await recordCheckout(hostContext, {checkout, event: null})
  const user = await db.user.findUniqueOrThrow({where: {email}})
  return {sessionId, userId: user.id}
}

function confirmEmailOf(userId: string) {
  return db.user.update({where: {id: userId}, data: {emailVerified: new Date()}})
}

describe('getAccount', () => {
  it('lists the connected sign-ins with their date, and those that could be connected', async () => {
    const user = await createUser()
    await attach(user.id, 'github', new Date('2026-01-05T09:00:00.000Z'))
    const {signInWays} = await getAccount(hostContext, {userId: user.id, offered})
    expect(signInWays).toEqual([
      {id: 'github', name: 'GitHub', connected: true, since: '2026-01-05T09:00:00.000Z'},
      {id: 'discord', name: 'Discord', connected: false, since: null},
    ])
  })

  it('gives no date for what was connected before dates were noted', async () => {
    const user = await createUser()
    await attach(user.id, 'github', new Date(0))
    await attach(user.id, 'discord', null)
    const {signInWays} = await getAccount(hostContext, {userId: user.id, offered})
    expect(signInWays.map(({since}) => since)).toEqual([null, null])
  })

  it('shows a connected sign-in that is no longer offered', async () => {
    const user = await createUser()
    await attach(user.id, 'discord', null)
    const {signInWays} = await getAccount(hostContext, {userId: user.id, offered: []})
    expect(signInWays).toMatchObject([{name: 'Discord', connected: true}])
  })

  it('waits for a guest’s address until it is confirmed', async () => {
    const {userId} = await createGuestPurchase()
    expect(await getAccount(hostContext, {userId})).toMatchObject({waitsForConfirmation: true})
    await confirmEmailOf(userId)
    expect(await getAccount(hostContext, {userId})).toMatchObject({waitsForConfirmation: false})
  })

  it('waits for nothing when everything was bought signed in', async () => {
    const {userId} = await createPurchase()
    await db.user.update({where: {id: userId}, data: {emailVerified: null}})
    expect(await getAccount(hostContext, {userId})).toMatchObject({waitsForConfirmation: false})
  })
})

describe('the status of an account’s page', () => {
  it('follows the link from none over linked to unlinking, and is settled only at the ends', async () => {
    const user = await createUser()
    const read = () => readUserSyncStatus(crossApp, {userId: user.id})
    expect(await read()).toMatchObject({link: {state: 'none'}, settled: true})
    await createLink(user.id)
    expect(await read()).toMatchObject({link: {state: 'linked', method: 'oauth-github'}, settled: true})
    await db.accountLink.updateMany({
      where: {userId: user.id},
      data: {unlinkRequestedAt: new Date(), unlinkRequestRevision: 1, unlinkRequestedBy: 'user'},
    })
    expect(await read()).toMatchObject({link: {state: 'unlinking'}, settled: false})
  })

  it('is the one that the page was rendered with, until something changes', async () => {
    const {purchaseId, userId} = await createPurchase()
    const read = async () => (await readUserSyncStatus(crossApp, {userId})).page
    const {page} = await getAccount(hostContext, {userId})
    expect(await read()).toBe(page)
    await db.purchase.update({where: {id: purchaseId}, data: {status: 'Refunded'}})
    expect(await read()).not.toBe(page)
  })
})

describe('a closed course on the account page', () => {
  it('is explained by the purchase it stands with, not by another one of the same course', async () => {
    const {userId, purchaseId, shop} = await createPurchase()
    await db.purchase.update({where: {id: purchaseId}, data: {status: 'Disputed'}})
    await db.purchase.create({
      data: {userId, productId: shop.ownProductId, totalAmount: 100, status: 'Refunded'},
    })
    const {purchases} = await getAccount(hostContext, {userId})
    const noteOf = (productSlug: string) =>
      purchases.find((purchase) => purchase.productSlug === productSlug)?.courses[0]?.note
    expect(noteOf(shop.slug)).toContain('bank')
    const {slug} = await db.contentPage.findUniqueOrThrow({where: {productId: shop.ownProductId}})
    expect(noteOf(slug)).toContain('refunded')
  })

  it('is open on both when one purchase opens it', async () => {
    const {userId, shop} = await createPurchase()
    await db.purchase.create({
      data: {userId, productId: shop.ownProductId, totalAmount: 100, status: 'Refunded'},
    })
    const {purchases} = await getAccount(hostContext, {userId})
    expect(purchases.map(({courses}) => courses[0]?.open)).toEqual([true, true])
  })
})

describe('the thank-you page of a guest', () => {
  it('says that nothing opens before the address is confirmed, and renews itself when it is', async () => {
    const {sessionId, userId} = await createGuestPurchase()
    const before = await getThankYou(hostContext, {sessionId, userId: null})
    expect(before).toMatchObject({waitsForConfirmation: true})
    expect(before?.courses).toMatchObject([{open: false, note: expect.stringContaining('receipt')}])
    expect((await getCheckoutSyncStatus(hostContext, {sessionId})).page).toBe(before?.status.page)
    await confirmEmailOf(userId)
    expect((await getCheckoutSyncStatus(hostContext, {sessionId})).page).not.toBe(before?.status.page)
    expect(await getThankYou(hostContext, {sessionId, userId: null})).toMatchObject({
      waitsForConfirmation: false,
    })
  })

  it('tells nobody by its status whose purchase it is', async () => {
    const {sessionId, userId} = await createGuestPurchase()
    const {email} = await db.user.findUniqueOrThrow({where: {id: userId}})
    const status = JSON.stringify(await getCheckoutSyncStatus(hostContext, {sessionId}))
    expect(status).not.toContain(userId)
    expect(status).not.toContain(email)
    expect(status).not.toContain('"link"')
  })
})
