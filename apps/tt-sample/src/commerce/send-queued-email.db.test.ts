import {randomUUID} from 'node:crypto'
import {beforeEach, describe, expect, it} from 'vitest'
import {createPurchase} from '../../test/support/purchase'
import {buy, createBundle, createUser} from '../../test/support/shop'
import {world} from '../../test/support/world'
import {readConfirmEmailToken} from '../server/auth/confirm-email-link'
import {hostContext} from '../server/host-context'
import {fetchCheckout} from './fetch-checkout'
import {recordCheckout} from './record-checkout'
import {sendQueuedEmail} from './send-queued-email'

const {db} = hostContext

beforeEach(() => {
  world.mail.available = true
})

/** Sends a mail as the outbox would, and returns what arrived. */
async function send(template: string, data: Record<string, unknown>) {
  const id = randomUUID()
  await sendQueuedEmail({id, template, data})
  const mail = world.mail.delivered.find(({idempotencyKey}) => idempotencyKey === id)
  if (mail === undefined) throw new Error('No mail arrived.')
  return mail
}

/** A user with a row about a link, as the mirror keeps it. */
async function createLinked(link: Record<string, unknown> = {}) {
  const user = await createUser()
  await db.accountLink.create({
    data: {
      id: randomUUID(),
      userId: user.id,
      linkedApp: 'ai-hero',
      linkedUserId: `ah-${randomUUID()}`,
      linkedEmail: 'ada@ai-hero.test',
      linkMethod: 'explicit',
      tokenId: randomUUID(),
      linkedAt: new Date('2026-01-05T09:00:00.000Z'),
      linkRevision: 1,
      ...link,
    },
  })
  return user
}

/** A guest's purchase and its receipt's data. */
async function createGuestPurchase() {
  const shop = await createBundle()
  const to = `${randomUUID()}@example.com`
  const bought = await buy(shop, {email: to})
  const checkout = await fetchCheckout(hostContext.stripe, bought.sessionId)
  const recorded = await recordCheckout(hostContext, {checkout, event: null})
  if (recorded.outcome !== 'recorded') throw new Error('The purchase was not recorded.')
  return {purchaseId: recorded.purchaseId, to}
}

function tokenIn(text: string, path: string): string | null {
  const link = new RegExp(`http://localhost:3000${path}\\?token=(\\S+)`).exec(text)
  return link?.[1] === undefined ? null : decodeURIComponent(link[1])
}

describe('the receipt', () => {
  it('carries a guest’s link, which names that very address', async () => {
    const {purchaseId, to} = await createGuestPurchase()
    const mail = await send('receipt', {purchaseId, to})
    expect(mail.subject).toContain('one step to open it')
    const token = tokenIn(mail.text, '/confirm-email')
    expect(await readConfirmEmailToken(hostContext, String(token))).toMatchObject({email: to, state: 'open'})
  })

  it('carries none for someone who was signed in, or has confirmed the address since', async () => {
    const {purchaseId, userId} = await createPurchase()
    const user = await db.user.update({where: {id: userId}, data: {emailVerified: null}})
    const signedIn = await send('receipt', {purchaseId, to: user.email})
    expect(tokenIn(signedIn.text, '/confirm-email')).toBeNull()
    expect(signedIn.text).toContain('http://localhost:3000/account')
    const guest = await createGuestPurchase()
    await db.user.update({where: {email: guest.to}, data: {emailVerified: new Date()}})
    expect(tokenIn((await send('receipt', guest)).text, '/confirm-email')).toBeNull()
  })

  it('never confirms one address by a mail to another', async () => {
    const {purchaseId} = await createGuestPurchase()
    const mail = await send('receipt', {purchaseId, to: 'stranger@example.com'})
    expect(tokenIn(mail.text, '/confirm-email')).toBeNull()
  })
})

describe('the mail after a link', () => {
  it('goes to the owner’s present address, with the way to undo exactly that link', async () => {
    const user = await createLinked()
    const email = `${randomUUID()}@example.com`
    await db.user.update({where: {id: user.id}, data: {email}})
    const mail = await send('account-linked', {userId: user.id, linkRevision: 1})
    expect(mail).toMatchObject({to: email, subject: 'Your Total TypeScript account was linked to AI Hero'})
    expect(mail.text).toContain('the AI Hero account ada@ai-hero.test on 5 January 2026')
    const token = tokenIn(mail.text, '/account-link/not-me')
    expect(await hostContext.crossApp.bridge.verifyUndoToken(String(token))).toEqual({
      sellerUserId: user.id,
      linkRevision: 1,
    })
  })

  it('tells what is stored when it is sent: a link that was ended meanwhile is told as ended', async () => {
    const user = await createLinked({linkRevision: 2, unlinkedAt: new Date('2026-01-06T09:00:00.000Z')})
    const mail = await send('account-linked', {userId: user.id, linkRevision: 1})
    expect(mail.text).toContain('on 5 January 2026')
    expect(mail.text).toContain('The link has been ended since.')
    const token = tokenIn(mail.text, '/account-link/not-me')
    expect(await hostContext.crossApp.bridge.verifyUndoToken(String(token))).toMatchObject({linkRevision: 1})
  })

  it('doesn’t give a later link’s account as the one that this mail is about', async () => {
    const user = await createLinked({linkRevision: 3, linkedEmail: 'other@ai-hero.test'})
    const mail = await send('account-linked', {userId: user.id, linkRevision: 1})
    expect(mail.text).not.toContain('other@ai-hero.test')
    expect(mail.text).not.toContain('open there by themselves')
  })
})

describe('the mail after an unlink', () => {
  it('says what stays and what stops', async () => {
    const user = await createLinked({linkRevision: 2, unlinkedAt: new Date('2026-02-06T09:00:00.000Z')})
    const mail = await send('account-unlinked', {userId: user.id, linkRevision: 2})
    expect(mail.to).toBe(user.email)
    expect(mail.text).toContain('on 6 February 2026')
    expect(mail.text).toMatch(/What stays.*\n.*What stops/)
  })

  it('says what closed when the link was undone as not theirs', async () => {
    const unlinkedAt = new Date('2026-02-06T09:00:00.000Z')
    const user = await createLinked({linkRevision: 2, unlinkedAt, unlinkedBy: 'not-me', released: true})
    const mail = await send('account-unlinked', {userId: user.id, linkRevision: 2})
    expect(mail.text).toContain('What closed')
  })
})

describe('a mail that can’t be sent, ever', () => {
  it.each([
    ['of a kind that this version does not know', 'from-the-future', {}],
    ['about a user who is gone', 'account-linked', {userId: 'gone', linkRevision: 1}],
    ['without the data it needs', 'account-unlinked', {userId: 'someone'}],
    ['a receipt without a purchase', 'receipt', {to: 'ada@example.com'}],
  ])('%s, is refused for good', async (_, template, data) => {
    await expect(sendQueuedEmail({id: randomUUID(), template, data})).rejects.toMatchObject({
      code: 'unknown-email',
      retryable: false,
    })
  })

  it('about a link that never was, is refused for good', async () => {
    const user = await createLinked({linkRevision: 0, linkedUserId: null, linkedAt: null, linkMethod: null})
    const email = {id: randomUUID(), template: 'account-linked', data: {userId: user.id, linkRevision: 1}}
    await expect(sendQueuedEmail(email)).rejects.toMatchObject({code: 'unknown-email'})
  })
})
