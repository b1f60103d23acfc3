import { expect, type Page, test } from '@playwright/test'
import { selfSendingForm, startEvilSite } from '../src/evil-site.ts'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { findProblems } from '../src/pages/find-problems.ts'

/** The stack's home page, with everything really behind it. What it makes fail concerns all tests: one after the other. */
test.describe.configure({ mode: 'serial' })

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterEach(() => fixture.faults.heal())
test.afterAll(() => fixture.close())

function homeUrl(): string {
  const url = fixture.info.home?.url
  if (url === undefined) throw new Error('The test stack has no home page.')
  return url
}

async function openHome(page: Page): Promise<void> {
  await page.goto(homeUrl())
  await expect(page.locator('#connection')).toHaveText('live')
}

/** Buys the bundle as a linked person, elsewhere: the open page is not touched. */
async function buy(): Promise<string> {
  const buyer = await fixture.newLinkedBuyer()
  const session = await fixture.signInByEmail('tt', buyer.ttEmail)
  const { checkoutSessionId } = await fixture.buyBundle(session)
  return (await fixture.waitForPurchase(checkoutSessionId)).id
}

const diagram = (page: Page) => page.locator('#live-diagram')

/** The diagram's steps as the list under it says them, without their times. */
async function stepsOf(page: Page): Promise<string[]> {
  const texts = await diagram(page).locator('.steps li').allTextContents()
  return texts.map((text) =>
    text
      .replace(/^\+[\d:.]+(?: ms| s)?\s+/, '')
      .replace(/ \(.*/, '')
      .trim(),
  )
}

test('a purchase appears by itself, step by step, from Stripe to AI Hero and back', async ({ page }) => {
  await openHome(page)
  const purchaseId = await buy()
  await expect(diagram(page)).toContainText(purchaseId)
  await expect(diagram(page).getByText(/Open on AI Hero \d/)).toBeVisible()
  const sync = 'Total TypeScript: Sync recorded'
  // Each app tells its half when it is asked next.
  await expect(async () => {
    const steps = await stepsOf(page)
    expect(steps.slice(0, 3)).toEqual(['Stripe → Total TypeScript: checkout.session.completed', sync, sync])
    const sent = steps.indexOf('Total TypeScript → AI Hero: bundle/purchased')
    const opened = steps.indexOf('AI Hero: Course open')
    const answered = steps.indexOf('AI Hero → Total TypeScript: entitlement/granted')
    expect([sent > 2, opened > sent, answered > opened]).toEqual([true, true, true])
    expect(await diagram(page).locator('svg.wide [data-step]').count()).toBe(steps.length)
  }).toPass({ timeout: 15_000 })
})

test('a road that loses everything keeps a purchase waiting, which everybody can read, and healing it settles it', async ({
  page,
}) => {
  await openHome(page)
  await page
    .getByLabel('On the road')
    .selectOption({ label: 'Total TypeScript → AI Hero’s Inngest (events)' })
  await page.getByLabel('this happens').selectOption({ label: 'Drop: lost on its way' })
  await page.getByRole('button', { name: 'Make it fail' }).click()
  await expect(page.locator('#notice')).toContainText('is lost before the target sees it')
  const purchaseId = await buy()
  await expect(diagram(page)).toContainText(purchaseId)
  await expect(diagram(page)).toContainText('Waiting for AI Hero: 2 of 2 courses')
  await expect(page.locator('#live-faults')).toContainText(/struck [1-9]\d* times?/)
  for (const summary of await page.locator('details > summary').all()) await summary.click()
  expect(await findProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Heal everything' }).click()
  await expect(page.locator('#live-faults')).toContainText('Nothing is made to fail.')
  await fixture.expireBackoff(purchaseId)
  await fixture.sweep('tt')
  await expect(diagram(page).getByText(/Open on AI Hero \d/)).toBeVisible()
  await expect(diagram(page).locator('svg.wide .step.lost')).not.toHaveCount(0)
})

test('a purchase made while AI Hero’s Inngest is paused settles when it goes on', async ({ page }) => {
  await openHome(page)
  const panel = page.locator('#live-faults')
  const light = page.locator('#part-inngest-ah')
  await panel.getByRole('button', { name: 'Pause Inngest of AI Hero' }).click()
  await expect(light).toHaveAttribute('data-light', 'paused')
  const purchaseId = await buy()
  await expect(diagram(page)).toContainText(purchaseId)
  await expect(diagram(page)).toContainText('Waiting for AI Hero')
  await panel.getByRole('button', { name: 'Let Inngest of AI Hero go on' }).click()
  await expect(light).toHaveAttribute('data-light', 'up')
  await expect(diagram(page).getByText(/Open on AI Hero \d/)).toBeVisible({ timeout: 30_000 })
})

test('a part’s light goes out when the part is killed, and on again when it is started', async ({ page }) => {
  await openHome(page)
  // Nobody signs in there in these tests: they have a stricter GitHub of their own.
  const part = page.locator('#part-github')
  await expect(part).toHaveAttribute('data-light', 'up')
  await part.getByRole('button', { name: 'Kill GitHub' }).click()
  await expect(part).toHaveAttribute('data-light', 'down')
  await expect(page.locator('#live-summary')).toContainText(/9 of 10 parts answer/)
  await part.getByRole('button', { name: 'Start GitHub' }).click()
  await expect(part).toHaveAttribute('data-light', 'up')
})

test('a page on another site can neither press its buttons nor read it under a name of its own', async ({
  page,
}) => {
  const evil = await startEvilSite()
  try {
    const answer = page.waitForResponse(`${homeUrl()}/parts/github`)
    await page.goto(evil.publish(selfSendingForm(`${homeUrl()}/parts/github`, { verb: 'kill' })))
    expect((await answer).status()).toBe(403)
    const rebound = await page.goto(homeUrl().replace('127.0.0.1', 'rebound.test'))
    expect(rebound?.status()).toBe(421)
    await openHome(page)
    await expect(page.locator('#part-github')).toHaveAttribute('data-light', 'up')
  } finally {
    await evil.close()
  }
})

test('it works without script: shows everything, and its forms do what they say', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(homeUrl())
  await expect(page.getByText('All 10 parts answer')).toBeVisible()
  await page.getByRole('button', { name: 'Deliver every webhook twice' }).click()
  await expect(page.locator('#notice')).toContainText('reaches the target twice')
  await page.getByRole('button', { name: /^Heal: Stripe → Total TypeScript/ }).click()
  await expect(page.locator('#live-faults')).toContainText('Nothing is made to fail.')
  await context.close()
})

test('a page opens however many tabs show it, and an older tab goes on when one clicks into it', async ({
  page,
}) => {
  await openHome(page)
  // One more than the connections that a browser opens to one address.
  for (let tab = 0; tab < 6; tab += 1) await openHome(await page.context().newPage())
  const connection = page.locator('#connection')
  await expect(connection).toHaveText(/^Not live: this page is open in other tabs/)
  await page.locator('h1').click()
  await expect(connection).toHaveText('live')
})
