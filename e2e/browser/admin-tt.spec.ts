import { expect, type Page, test } from '@playwright/test'
import { persona } from '@sandbox/stack/personas'
import { openLesson, waitForLessonClosed } from '../src/browser-steps.ts'
import { boughtBundle } from '../src/buyers.ts'
import { type EvilSite, selfSendingForm, startEvilSite } from '../src/evil-site.ts'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { courseName } from '../src/lesson.ts'
import { signInQuietly } from '../src/quiet-sign-in.ts'
import { refuseFirstSync } from '../src/refused-sync.ts'
import { waitUntil } from '../src/wait-until.ts'

/** What support does on Total TypeScript, in a browser. */

let fixture: Fixture
let evil: EvilSite
test.beforeAll(async () => {
  fixture = openFixture()
  evil = await startEvilSite()
})
test.afterAll(async () => {
  await evil.close()
  await fixture.close()
})

const signInSupport = (page: Page) => signInQuietly(page.context(), fixture, 'tt', persona.sam.tt.email)

async function boughtByLinkedBuyer() {
  const buyer = await fixture.newLinkedBuyer()
  const session = await fixture.signInByEmail('tt', buyer.ttEmail)
  return { buyer, ...(await boughtBundle(fixture, session)) }
}

const rows = (page: Page) => page.getByRole('list', { name: 'Syncs' }).getByRole('listitem')

test('support finds a purchase by address, purchase, session, charge and payment, filters, and clears it all', async ({
  page,
}) => {
  const { buyer, purchaseId, checkoutSessionId } = await boughtByLinkedBuyer()
  const { payment_intent: payment } = await fixture.stripe.checkout.sessions.retrieve(checkoutSessionId)
  const { latest_charge: charge } = await fixture.stripe.paymentIntents.retrieve(String(payment))
  await signInSupport(page)
  await page.goto(`${fixture.info.tt.url}/admin/syncs`)
  for (const text of [buyer.ttEmail, purchaseId, checkoutSessionId, String(charge), String(payment)]) {
    await page.getByLabel('Email or id').fill(text)
    await page.getByRole('button', { name: 'Show' }).click()
    // An address is in no address of a page; an id is what it is.
    await page.waitForURL((url) =>
      text.includes('@')
        ? /^~[\w-]{40,}$/.test(url.searchParams.get('search') ?? '')
        : url.searchParams.get('search') === text,
    )
    await expect(rows(page)).toHaveCount(2)
    await expect(rows(page).first()).toContainText(purchaseId)
  }
  const status = page.getByRole('navigation', { name: 'Status' })
  await status.getByRole('link', { name: 'Synced' }).click()
  await expect(status.getByRole('link', { name: 'Synced' })).toHaveAttribute('aria-current', 'page')
  await expect(rows(page)).toHaveCount(2)
  await page.getByLabel('Course').selectOption({ label: 'AI SDK Crash Course' })
  await page.getByLabel('Changed').selectOption('day')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/period=day/)
  await expect(rows(page)).toHaveCount(1)
  await status.getByRole('link', { name: 'Failed' }).click()
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await page.waitForURL((url) => url.search === '')
  await expect(rows(page).first()).toBeVisible()
})

test('support retries a course that AI Hero refused, with a reason, and sees it open by itself', async ({
  page,
}) => {
  const { purchaseId } = await boughtByLinkedBuyer()
  const { id } = await refuseFirstSync(fixture, purchaseId)
  await signInSupport(page)
  await page.goto(`${fixture.info.tt.url}/admin/syncs?status=needs-attention&search=${purchaseId}`)
  await expect(rows(page)).toHaveCount(1)
  await rows(page).first().getByRole('link').click()
  const card = page.locator(`li[data-sync="${id}"]`)
  await expect(card).toContainText('Refused: unknown course')
  await expect(card).toContainText('What to do:')
  await card.getByRole('link', { name: /^Retry/ }).click()
  // Without a reason the browser itself doesn't send the form.
  await card.getByRole('button', { name: 'Send again' }).click()
  await expect(card.getByLabel('Reason')).toBeFocused()
  await card.getByLabel('Reason').fill('Course added to the catalogue')
  await card.getByRole('button', { name: 'Send again' }).dblclick()
  await page.waitForURL(/done=retry/)
  await expect(page.locator('[data-outcome="retry"]')).toContainText('Sent again')
  await expect(card).toContainText('AI Hero has opened the course')
  await expect(page.getByText('sync.retried')).toHaveCount(1)
  const audits = await fixture.databases.tt<{ actor: string; data: string | { reason: string } }>(
    "SELECT actor, data FROM AuditEvent WHERE purchaseId = ? AND action = 'sync.retried'",
    [purchaseId],
  )
  expect(audits).toHaveLength(1)
  expect(audits[0]?.actor).toBe(`user:${persona.sam.tt.userId}`)
  expect(JSON.stringify(audits[0]?.data)).toContain('Course added to the catalogue')
})

test('a hold closes the lesson on AI Hero, and its release opens it again', async ({ page, browser }) => {
  const { buyer, purchaseId } = await boughtByLinkedBuyer()
  const reader = await browser.newPage()
  await signInQuietly(reader.context(), fixture, 'ah', buyer.ahEmail)
  expect(await openLesson(reader, fixture)).toBe(true)

  await signInSupport(page)
  const card = page.locator('li[data-sync]').filter({ hasText: courseName })
  const press = async (action: 'Hold' | 'Release', button: string, reason: string) => {
    await card.getByRole('link', { name: new RegExp(`^${action}`) }).click()
    await card.getByLabel('Reason').fill(reason)
    await card.getByRole('button', { name: button }).click()
    await page.waitForURL(new RegExp(`done=${action.toLowerCase()}`))
  }
  await page.goto(`${fixture.info.tt.url}/admin/syncs/${purchaseId}`)
  await press('Hold', 'Put on hold', 'Card under review')
  await waitForLessonClosed(reader, fixture)
  await expect(card).toContainText('Card under review')
  await press('Release', 'Release the hold', 'Review is over')
  await waitUntil('the lesson to be open', () => openLesson(reader, fixture))
  await reader.close()
})

test('support reads one person’s whole story, from both apps', async ({ page }) => {
  const { buyer, purchaseId } = await boughtByLinkedBuyer()
  await signInSupport(page)
  await page.goto(`${fixture.info.tt.url}/admin/people`)
  await page.getByLabel('Email or id').fill(buyer.ttEmail)
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('list', { name: 'People' }).getByRole('link', { name: buyer.ttEmail }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(buyer.ttEmail)
  await expect(page.locator(`[data-purchase="${purchaseId}"]`)).toContainText('Open')
  await expect(page.locator('[data-app="total-typescript"]').first()).toBeVisible()
  await expect(page.locator('[data-app="ai-hero"]').filter({ hasText: 'grant.applied' })).toHaveCount(2)
})

test('nobody but support gets in, and whoever is signed out comes back after signing in', async ({
  page,
}) => {
  const { buyer, purchaseId } = await boughtByLinkedBuyer()
  const { url } = fixture.info.tt
  await page.goto(`${url}/admin/syncs/${purchaseId}`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  expect(new URL(page.url()).searchParams.get('callbackUrl')).toBe(`/admin/syncs/${purchaseId}`)
  const session = await signInQuietly(page.context(), fixture, 'tt', buyer.ttEmail)
  for (const path of ['', '/syncs', `/syncs/${purchaseId}`, '/people', '/people/anyone', '/alerts']) {
    const refused = await session.getOnce(`${url}/admin${path}`)
    expect(refused.status, path).toBe(404)
    expect(await refused.text()).not.toContain(purchaseId)
  }
  await page.goto(`${url}/admin/people`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0)
})

test('another site can make support’s browser do nothing', async ({ page }) => {
  const { purchaseId } = await boughtByLinkedBuyer()
  const [sync] = await fixture.syncsOf(purchaseId)
  if (!sync) throw new Error('The purchase has no sync.')
  const fields = {
    syncId: sync.id,
    action: 'hold',
    reason: 'You have won a prize',
    press: 'made-up',
    revision: String(sync.revision),
  }
  const session = await signInSupport(page)
  const action = `${fixture.info.tt.url}/api/admin/act-on-sync`
  const answer = page.waitForResponse((response) => response.url() === action)
  await page.goto(evil.publish(selfSendingForm(action, fields)))
  expect((await answer).status()).toBe(403)
  for (const origin of [evil.url, 'null', fixture.info.ah.url]) {
    expect((await session.postFormOnce(action, fields, { origin })).status, origin).toBe(403)
  }
  expect((await fixture.syncsOf(purchaseId))[0]).toMatchObject({ revision: sync.revision })
})
