import { expect, type Page, test } from '@playwright/test'
import { openCheckout, openLesson, payByCard, signInByEmail, waitForThankYou } from '../src/browser-steps.ts'
import { boughtBundle, newPerson, type Person } from '../src/buyers.ts'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { linkIn } from '../src/inbox.ts'
import {
  acceptLink,
  openLessonFromDone,
  pressLink,
  signInWith,
  startLink,
  waitForReview,
} from '../src/link-steps.ts'
import { expectMails, MAILS } from '../src/mails.ts'
import type { Provider, ProviderUser } from '../src/providers.ts'
import { signInQuietly } from '../src/quiet-sign-in.ts'

/** Every way from a bundle purchase on Total TypeScript to a lesson on AI Hero. */

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

/** Types the address on AI Hero's sign-in page, which is open, and follows the link of the mail. */
async function passEmailLink(page: Page, email: string): Promise<void> {
  const before = new Set((await fixture.inbox.mailsTo(email)).map(({ id }) => id))
  await page.getByLabel(/^Email/).fill(email)
  await page.getByRole('button', { name: 'Email me a link' }).click()
  await page.waitForURL(/check-your-email/)
  await page.goto(await fixture.inbox.waitForSignInLink('ah', email, before))
}

async function idsOf(ttEmail: string, ahEmail: string): Promise<{ tt: string; ah: string }> {
  const [tt, ah] = await Promise.all([
    fixture.links.userOf('tt', ttEmail),
    fixture.links.userOf('ah', ahEmail),
  ])
  if (!tt || !ah) throw new Error('One of the two accounts is missing.')
  return { tt: tt.id, ah: ah.id }
}

async function buy(page: Page): Promise<void> {
  await openCheckout(page, fixture)
  await payByCard(page)
  await page.waitForURL(/\/thanks\?session_id=/)
}

test('linked before buying: the courses are ready on the thank-you page, and the lesson opens', async ({
  page,
}) => {
  const [ttEmail, ahEmail] = [fixture.newEmail(), fixture.newEmail()]
  await signInByEmail(page, fixture, 'tt', ttEmail)
  await startLink(page, fixture)
  await passEmailLink(page, ahEmail)
  await waitForReview(page)
  await expect(page.locator('main')).toContainText(ttEmail)
  await expect(page.locator('main')).toContainText(ahEmail)
  await acceptLink(page)

  const { tt, ah } = await idsOf(ttEmail, ahEmail)
  const link = await fixture.links.waitForLink(tt, ah)
  expect(link).toMatchObject({ linkRevision: 1, method: 'explicit' })
  await buy(page)
  await waitForThankYou(page, /^Ready/, 2)
  expect(await openLesson(page, fixture)).toBe(true)
  await expectMails(fixture, ttEmail, ['tt linked', 'tt receipt'])
  await expectMails(fixture, ahEmail, ['ah linked', 'ah granted'])
})

test('not linked: from the mail that says what waits, by sign-in and link, to the lesson', async ({
  page,
}) => {
  const [ttEmail, ahEmail] = [fixture.newEmail(), fixture.newEmail()]
  await signInByEmail(page, fixture, 'tt', ttEmail)
  await buy(page)
  await waitForThankYou(page, /^Waiting for you/, 2)
  expect(await openLesson(page, fixture)).toBe(false)

  const mail = await fixture.inbox.waitForMail(ttEmail, MAILS['ah pending'])
  await page.goto(linkIn(mail, fixture.info.ah.url))
  // Who one is on AI Hero is asked first; the address may be another one.
  if (new URL(page.url()).pathname.startsWith('/sign-in')) await passEmailLink(page, ahEmail)
  await page
    .locator('main')
    .getByRole('link', { name: /^Link your/ })
    .first()
    .click()
  await page.waitForURL((url) => url.href.startsWith(fixture.info.tt.url))
  await pressLink(page, fixture)
  if (new URL(page.url()).pathname.startsWith('/sign-in')) await passEmailLink(page, ahEmail)
  await acceptLink(page)
  expect(await openLessonFromDone(page)).toBe(true)

  const { tt, ah } = await idsOf(ttEmail, ahEmail)
  await fixture.links.waitForLink(tt, ah)
  await page.goto(`${fixture.info.tt.url}/account`)
  await expect(page.locator('main').getByText(/^Ready/)).toHaveCount(2)
  await expectMails(fixture, ttEmail, ['tt receipt', 'ah pending', 'tt linked'])
  await expectMails(fixture, ahEmail, ['ah linked', 'ah claimed'])
})

for (const provider of ['github', 'discord'] as const satisfies Provider[]) {
  test(`the same ${provider} account, first on Total TypeScript: signing in on AI Hero opens what was bought, and the thank-you page says so by itself`, async ({
    page,
    context,
  }) => {
    const user = await newProviderUser(provider)
    await signInWith(page, fixture, 'tt', user)
    await buy(page)
    await waitForThankYou(page, /^Waiting for you/, 2)

    const aiHero = await context.newPage()
    await signInWith(aiHero, fixture, 'ah', user)
    await waitForThankYou(page, /^Ready/, 2)
    expect(await openLesson(aiHero, fixture)).toBe(true)
    await expectLinkedBy(user)
    const mails = ['tt receipt', 'tt linked', 'ah linked', 'ah claimed'] as const
    await expectMails(fixture, user.email ?? '', [...mails], ['ah pending'])
  })

  test(`the same ${provider} account, first on AI Hero: signing in and buying on Total TypeScript is all`, async ({
    page,
  }) => {
    const user = await newProviderUser(provider)
    await signInWith(page, fixture, 'ah', user)
    await signInWith(page, fixture, 'tt', user)
    await buy(page)
    await waitForThankYou(page, /^Ready/, 2)
    expect(await openLesson(page, fixture)).toBe(true)
    await expectLinkedBy(user)
    await expectMails(fixture, user.email ?? '', ['tt receipt', 'tt linked', 'ah linked', 'ah granted'])
  })
}

async function newProviderUser(provider: Provider): Promise<ProviderUser> {
  return fixture.providers.newUser(provider, fixture.newEmail())
}

async function expectLinkedBy({ provider, id }: ProviderUser): Promise<void> {
  const tt = await fixture.links.holderOf('tt', provider, id)
  const ah = await fixture.links.holderOf('ah', provider, id)
  if (tt === undefined || ah === undefined) throw new Error('The sign-in left no account.')
  const link = await fixture.links.waitForLink(tt, ah)
  expect(link).toMatchObject({ linkRevision: 1, method: `oauth-${provider}`, otherEmail: null })
}

test('bought as a guest: nothing opens until the receipt’s link is followed; then link, then lesson', async ({
  page,
}) => {
  const email = fixture.newEmail()
  await openCheckout(page, fixture)
  await payByCard(page, { email })
  await page.waitForURL(/\/thanks/)
  await expect(
    page
      .locator('main')
      .getByText(/receipt/i)
      .first(),
  ).toBeVisible()

  const receipt = await fixture.inbox.waitForMail(email, MAILS['tt receipt'])
  const buyer = await fixture.links.userOf('tt', email)
  expect(buyer?.emailVerified).toBeNull()
  await page.goto(linkIn(receipt, '/confirm-email'))
  expect(page.url()).not.toContain('token=')
  await page.getByRole('button', { name: 'Confirm this address' }).click()
  await expect
    .poll(async () => (await fixture.links.userOf('tt', email))?.emailVerified ?? null)
    .not.toBeNull()
  await fixture.inbox.waitForMail(email, MAILS['ah pending'])

  await signInByEmail(page, fixture, 'tt', email)
  await startLink(page, fixture)
  await passEmailLink(page, email)
  await acceptLink(page)
  expect(await openLessonFromDone(page)).toBe(true)
  await expectMails(fixture, email, ['tt receipt', 'ah pending', 'tt linked', 'ah linked', 'ah claimed'])
})

test('from AI Hero: its link leads to the same button on Total TypeScript, and back', async ({
  page,
  context,
}) => {
  const [ttEmail, ahEmail] = [fixture.newEmail(), fixture.newEmail()]
  const buyer = await buyerOnTt(ttEmail)
  await signInQuietly(context, fixture, 'tt', ttEmail)
  await signInQuietly(context, fixture, 'ah', ahEmail)
  await page.goto(`${fixture.info.ah.url}/profile`)
  await page
    .locator('main')
    .getByRole('link', { name: /^Link your/ })
    .first()
    .click()
  await page.waitForURL((url) => url.href.startsWith(fixture.info.tt.url))
  const left = await context.newPage()
  await left.goto(`${fixture.info.ah.url}/claim`)
  await pressLink(page, fixture)
  await acceptLink(page)
  expect(await openLessonFromDone(page)).toBe(true)
  // The page that was left open on AI Hero says so by itself.
  await expect(left.getByRole('heading', { name: 'Your accounts are linked' })).toBeVisible()
  const { tt, ah } = await idsOf(ttEmail, ahEmail)
  await fixture.links.waitForLink(tt, ah)
  expect((await fixture.grantsOf(buyer.purchaseId)).map(({ userId }) => userId)).toEqual([ah, ah])
})

test('the buyer’s own address on AI Hero: a banner says what waits, and leads there', async ({
  page,
  context,
}) => {
  const email = fixture.newEmail()
  await buyerOnTt(email)
  await signInQuietly(context, fixture, 'tt', email)
  await signInQuietly(context, fixture, 'ah', email)
  await page.goto(fixture.info.ah.url)
  await page
    .getByRole('link', { name: /Link your accounts/ })
    .first()
    .click()
  await page.waitForURL((url) => url.href.startsWith(fixture.info.tt.url))
  await pressLink(page, fixture)
  await acceptLink(page)
  expect(await openLessonFromDone(page)).toBe(true)
  await page.goto(fixture.info.ah.url)
  await expect(page.getByRole('link', { name: /Link your accounts/ })).toHaveCount(0)
})

test('"Link accounts" pressed in two tabs and twice quickly makes one link, one claim and one mail of each', async ({
  page,
  context,
}) => {
  const [ttEmail, ahEmail] = [fixture.newEmail(), fixture.newEmail()]
  const { purchaseId } = await buyerOnTt(ttEmail)
  await signInQuietly(context, fixture, 'tt', ttEmail)
  await signInQuietly(context, fixture, 'ah', ahEmail)
  await startLink(page, fixture)
  await waitForReview(page)
  const second = await context.newPage()
  await second.goto(page.url())
  await waitForReview(second)
  await Promise.all([
    page.getByRole('button', { name: 'Link accounts' }).dblclick(),
    second.getByRole('button', { name: 'Link accounts' }).click(),
  ])
  for (const tab of [page, second]) {
    await tab.waitForURL(/\/account-link\/done/)
    await tab.getByRole('heading', { name: 'Your accounts are linked' }).waitFor()
  }
  const { tt, ah } = await idsOf(ttEmail, ahEmail)
  expect((await fixture.links.waitForLink(tt, ah)).linkRevision).toBe(1)
  const claims = await fixture.databases.ah(
    "SELECT id FROM AI_AuditEvent WHERE purchaseId = ? AND action = 'grant.claimed'",
    [purchaseId],
  )
  expect(claims).toHaveLength(2)
  await expectMails(fixture, ttEmail, ['tt receipt', 'tt linked'], ['ah pending'])
  await expectMails(fixture, ahEmail, ['ah linked', 'ah claimed'])
})

test('on the review page a person signed in as somebody else switches the account, and links the right one', async ({
  page,
  context,
}) => {
  const [ttEmail, otherEmail, ahEmail] = [fixture.newEmail(), fixture.newEmail(), fixture.newEmail()]
  await signInQuietly(context, fixture, 'tt', ttEmail)
  await signInQuietly(context, fixture, 'ah', otherEmail)
  await startLink(page, fixture)
  await waitForReview(page)
  await expect(page.locator('main')).toContainText(otherEmail)
  await page
    .getByRole('button', { name: /Not you\?/ })
    .or(page.getByRole('link', { name: /Not you\?/ }))
    .click()
  await passEmailLink(page, ahEmail)
  await waitForReview(page)
  await expect(page.locator('main')).toContainText(ahEmail)
  await expect(page.locator('main')).not.toContainText(otherEmail)
  await acceptLink(page)
  const { tt, ah } = await idsOf(ttEmail, ahEmail)
  await fixture.links.waitForLink(tt, ah)
})

/** Somebody new on Total TypeScript who has bought the bundle, and a grant that waits. */
async function buyerOnTt(email: string): Promise<Person & { purchaseId: string }> {
  const person = await newPerson(fixture, 'tt', email)
  const { purchaseId } = await boughtBundle(fixture, person.session)
  return { ...person, purchaseId }
}
