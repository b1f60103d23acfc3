import { expect, type Page, test } from '@playwright/test'
import { openLesson, refundOnDashboard, waitForLessonClosed } from '../src/browser-steps.ts'
import { boughtBundle, newPerson, type Person } from '../src/buyers.ts'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { createHttpSession } from '../src/http-session.ts'
import { linkIn } from '../src/inbox.ts'
import { linkOverHttp } from '../src/link-over-http.ts'
import {
  acceptLink,
  deleteAccount,
  signInWith,
  startLink,
  undoLink,
  unlinkOnAh,
  unlinkOnTt,
} from '../src/link-steps.ts'
import { expectMails, MAILS } from '../src/mails.ts'
import { signInWithProvider } from '../src/oauth-over-http.ts'
import { signInQuietly } from '../src/quiet-sign-in.ts'
import { sessionIdOf } from '../src/scenario.ts'
import { waitUntil } from '../src/wait-until.ts'

/** How a link ends, and what stays. */

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

type Linked = { tt: Person; ah: Person; purchaseId: string; checkoutSessionId: string; nextCheckout: string }

/** Two people who bought first, linked by the pages' own forms, and are signed in here on both apps. */
async function linkedBuyer(page: Page): Promise<Linked> {
  const [tt, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  // Opened before the first is paid: the shop sells nobody what they own.
  const nextCheckout = await fixture.startCheckout(tt.session)
  const bought = await boughtBundle(fixture, tt.session)
  await linkOverHttp(fixture, tt, ah)
  await fixture.links.waitForLink(tt.userId, ah.userId)
  await waitForClaim(bought.purchaseId, ah.userId)
  await Promise.all([
    signInQuietly(page.context(), fixture, 'tt', tt.email),
    signInQuietly(page.context(), fixture, 'ah', ah.email),
  ])
  return { tt, ah, nextCheckout, ...bought }
}

/** Waits until both grants are that user's, and both apps say so. */
async function waitForClaim(purchaseId: string, ahUserId: string): Promise<void> {
  await waitUntil('both courses to be claimed', async () => {
    const grants = await fixture.grantsOf(purchaseId)
    const syncs = await fixture.syncsOf(purchaseId)
    return (
      grants.length === 2 &&
      grants.every(({ status, userId }) => status === 'active' && userId === ahUserId) &&
      syncs.every(({ mirrorStatus }) => mirrorStatus === 'active')
    )
  })
}

/** Waits until nobody holds both grants any more, and both apps say so. */
async function waitForRelease(purchaseId: string): Promise<void> {
  await waitUntil('both courses to wait again', async () => {
    const grants = await fixture.grantsOf(purchaseId)
    const syncs = await fixture.syncsOf(purchaseId)
    return (
      grants.every(({ status, userId }) => status === 'pending' && userId === null) &&
      syncs.every(({ mirrorStatus }) => mirrorStatus === 'pending')
    )
  })
  expect(await fixture.openEntitlementsOf(purchaseId)).toHaveLength(0)
}

for (const app of ['tt', 'ah'] as const) {
  const appName = app === 'tt' ? 'Total TypeScript' : 'AI Hero'

  test(`unlinked on ${appName}: what was claimed stays open, the next purchase waits, and only a person links again`, async ({
    page,
  }) => {
    const { tt, ah, purchaseId, nextCheckout } = await linkedBuyer(page)
    if (app === 'tt') await unlinkOnTt(page, fixture)
    else await unlinkOnAh(page, fixture)
    const ended = await fixture.links.waitForUnlink(tt.userId)
    expect(ended).toMatchObject({ linkRevision: 2, unlinkedBy: 'user', released: false })
    // The page that was left by the button says so by itself.
    await expect(page.locator('[data-link="none"], [data-linked="false"]')).toBeVisible()

    expect(await openLesson(page, fixture)).toBe(true)
    expect((await fixture.grantsOf(purchaseId)).map(({ userId }) => userId)).toEqual([ah.userId, ah.userId])
    await expectMails(fixture, tt.email, ['tt receipt', 'tt linked', 'tt unlinked'], ['ah pending'])
    await expectMails(fixture, ah.email, ['ah linked', 'ah claimed', 'ah unlinked'])
    await fixture.pay(nextCheckout, {})
    const next = await fixture.waitForPurchase(sessionIdOf(nextCheckout))
    await fixture.waitForSyncs(next.id, 'synced')
    expect((await fixture.grantsOf(next.id)).map(({ status }) => status)).toEqual(['pending', 'pending'])
    await page.goto(`${fixture.info.tt.url}/account`)
    await expect(page.locator('main').getByText(/^Waiting for you/)).toHaveCount(2)

    await startLink(page, fixture)
    await acceptLink(page)
    expect(await fixture.links.waitForLink(tt.userId, ah.userId)).toMatchObject({ linkRevision: 3 })
    await waitForClaim(next.id, ah.userId)
  })

  test(`unlinked on ${appName}, people who share a GitHub account are not linked again by signing in`, async ({
    page,
  }) => {
    const user = await fixture.providers.newUser('github', fixture.newEmail())
    await signInWith(page, fixture, 'tt', user)
    await signInWith(page, fixture, 'ah', user)
    const ttUserId = (await fixture.links.holderOf('tt', 'github', user.id)) ?? ''
    const ahUserId = (await fixture.links.holderOf('ah', 'github', user.id)) ?? ''
    await fixture.links.waitForLink(ttUserId, ahUserId)
    if (app === 'tt') await unlinkOnTt(page, fixture)
    else await unlinkOnAh(page, fixture)
    await fixture.links.waitForUnlink(ttUserId)

    await page.context().clearCookies()
    await signInWith(page, fixture, 'tt', user)
    await signInWith(page, fixture, 'ah', user)
    // Control, and the moment to look: others who sign in after them are linked by now.
    await linkStrangersByGithub()
    expect(await fixture.links.isUnlinked(ttUserId)).toBe(true)
    expect((await fixture.links.both(ttUserId)).ah?.linkRevision).toBe(2)
  })

  test(`"this wasn’t me" in ${appName}’s mail ends the link and closes what it had opened`, async ({
    page,
    browser,
  }) => {
    const { tt, ah, purchaseId } = await linkedBuyer(page)
    await fixture.inbox.waitForMail(ah.email, MAILS['ah claimed'])
    const email = app === 'tt' ? tt.email : ah.email
    const mail = await fixture.inbox.waitForMail(email, MAILS[`${app} linked`])
    // Wherever the mail is read, nobody has to be signed in there.
    const elsewhere = await (await browser.newContext()).newPage()
    const link = linkIn(mail, '/account-link/not-me')
    await elsewhere.goto(link)
    expect(elsewhere.url()).not.toContain('token=')
    expect((await fixture.links.both(tt.userId)).ah?.linkedTo).toBe(ah.userId)
    await undoLink(elsewhere, link)
    const ended = await fixture.links.waitForUnlink(tt.userId)
    expect(ended).toMatchObject({ unlinkedBy: 'not-me', released: true })
    await waitForRelease(purchaseId)
    await waitForLessonClosed(page, fixture)
    await expectMails(fixture, tt.email, ['tt receipt', 'tt linked', 'tt unlinked'], ['ah pending'])
    await expectMails(fixture, ah.email, ['ah linked', 'ah claimed', 'ah unlinked'])
    await elsewhere.context().close()
  })
}

/** Somebody new signs in on both apps with one GitHub account, and is linked by it. */
async function linkStrangersByGithub(): Promise<void> {
  const user = await fixture.providers.newUser('github', fixture.newEmail())
  for (const app of ['tt', 'ah'] as const) {
    await signInWithProvider(fixture, createHttpSession(), app, user)
  }
  const [ttUserId, ahUserId] = await Promise.all([
    fixture.links.holderOf('tt', 'github', user.id),
    fixture.links.holderOf('ah', 'github', user.id),
  ])
  await fixture.links.waitForLink(ttUserId ?? '', ahUserId ?? '')
}

test('deleted on Total TypeScript: the link ends, and what was claimed on AI Hero stays', async ({
  page,
}) => {
  const { tt, ah, purchaseId } = await linkedBuyer(page)
  await deleteAccount(page, fixture, 'tt')
  expect(await fixture.links.waitForUnlink(tt.userId)).toMatchObject({
    unlinkedBy: 'account-deleted',
    released: false,
  })
  expect(await fixture.links.userOf('tt', tt.email)).toBeUndefined()
  expect(await openLesson(page, fixture)).toBe(true)
  expect((await fixture.grantsOf(purchaseId)).map(({ userId }) => userId)).toEqual([ah.userId, ah.userId])
  await expectMails(fixture, ah.email, ['ah linked', 'ah claimed', 'ah unlinked'])
  await page.goto(`${fixture.info.tt.url}/account`)
  await expect(page).toHaveURL(/\/sign-in/)
})

test('deleted on AI Hero: the link ends, the courses wait again, and a new account there can claim them', async ({
  page,
}) => {
  const { tt, ah, purchaseId } = await linkedBuyer(page)
  await deleteAccount(page, fixture, 'ah')
  expect(await fixture.links.waitForUnlink(tt.userId)).toMatchObject({ unlinkedBy: 'account-deleted' })
  expect(await fixture.links.userOf('ah', ah.email)).toBeUndefined()
  await waitForRelease(purchaseId)
  await page.goto(`${fixture.info.tt.url}/account`)
  await expect(page.locator('main').getByText(/^Waiting for you/)).toHaveCount(2)

  const again = await newPerson(fixture, 'ah', ah.email)
  await linkOverHttp(fixture, tt, again)
  await waitForClaim(purchaseId, again.userId)
  await page.reload()
  await expect(page.locator('main').getByText(/^Ready/)).toHaveCount(2)
})

test('refunded after the claim: one mail says that access has ended, and the lesson is closed', async ({
  page,
}) => {
  const { tt, ah, purchaseId } = await linkedBuyer(page)
  await fixture.inbox.waitForMail(ah.email, MAILS['ah claimed'])
  expect(await openLesson(page, fixture)).toBe(true)
  await refundOnDashboard(page, fixture, tt.email)
  await waitForLessonClosed(page, fixture)
  await fixture.waitForSyncs(purchaseId, 'revoked')
  await expectMails(fixture, ah.email, ['ah linked', 'ah claimed', 'ah ended'])
  await expectMails(fixture, tt.email, ['tt receipt', 'tt linked'], ['ah pending'])
})
