import { expect, type Page, test } from '@playwright/test'
import { persona } from '@sandbox/stack/personas'
import { boughtBundle, newPerson, type Person } from '../src/buyers.ts'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { linkOverHttp } from '../src/link-over-http.ts'
import { signInQuietly } from '../src/quiet-sign-in.ts'
import { waitUntil } from '../src/wait-until.ts'

/** AI Hero's admin, as somebody from support uses it. */

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

const admin = (path: string): string => `${fixture.info.ah.url}/admin${path}`

/** A bundle whose buyer is linked, and support signed in to look at it. */
async function supportAndBuyer(page: Page): Promise<{ tt: Person; ah: Person; purchaseId: string }> {
  const [tt, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  const { purchaseId } = await boughtBundle(fixture, tt.session)
  await linkOverHttp(fixture, tt, ah)
  await fixture.links.waitForLink(tt.userId, ah.userId)
  await waitUntil('both courses to be claimed, and both apps to say so', async () => {
    const syncs = await fixture.syncsOf(purchaseId)
    return syncs.every(({ mirrorStatus }) => mirrorStatus === 'active')
  })
  await signInQuietly(page.context(), fixture, 'ah', persona.sam.ah.email)
  return { tt, ah, purchaseId }
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByLabel('Email or id').fill(text)
  await page.getByRole('button', { name: /^(Show grants|Find people)$/ }).click()
  await page.waitForURL(/[?&]q=/)
}

test('support finds a grant by address and by purchase, and answers again', async ({ page }) => {
  test.setTimeout(120_000)
  const { tt, ah, purchaseId } = await supportAndBuyer(page)
  await page.goto(admin(''))
  await expect(page).toHaveURL(/\/admin\/grants$/)
  for (const text of [tt.email, ah.email, purchaseId, ah.userId, tt.userId]) {
    await search(page, text)
    await expect(page.locator('[data-grant]')).toHaveCount(2)
    // Nobody's address ends up in the page's.
    expect(page.url()).not.toMatch(/@|%40/)
  }
  await search(page, tt.email)
  await page.getByLabel('Desired state').selectOption('revoked')
  await page.getByRole('button', { name: 'Show grants' }).click()
  await expect(page.getByText('Nothing matches.')).toBeVisible()
  await page.getByLabel('Desired state').selectOption('granted')
  await page.getByLabel('Claim').selectOption('active')
  await page.getByRole('button', { name: 'Show grants' }).click()
  await expect(page.locator('[data-grant]')).toHaveCount(2)

  const [before] = await fixture.grantsOf(purchaseId)
  await page.goto(admin(`/grants/${before?.id}`))
  await expect(page.locator('#timeline [data-app="there"]').first()).toBeVisible()
  await expect(page.locator('#timeline [data-action="grant.claimed"]').first()).toBeVisible()
  await expect(page.locator('#entitlements [data-open="true"]')).not.toHaveCount(0)
  await page.locator('[data-action="answer-again"] summary').click()
  await page.getByRole('button', { name: 'Answer again' }).click()
  // The browser itself asks for the reason.
  await expect(page).not.toHaveURL(/outcome/)
  await page.getByLabel('Reason').fill('The buyer wrote twice')
  await page.getByRole('button', { name: 'Answer again' }).click()
  await expect(page.getByText('Applied again, and Total TypeScript was answered.')).toBeVisible()
  await expect(page.locator('#timeline [data-action="grant.retried"]')).toContainText('The buyer wrote twice')
  await waitUntil('Total TypeScript to have taken the answer', async () => {
    const [after] = await fixture.grantsOf(purchaseId)
    const syncs = await fixture.syncsOf(purchaseId)
    const sync = syncs.find(({ targetProductId }) => targetProductId === after?.productId)
    return (
      (after?.stateVersion ?? 0) > (before?.stateVersion ?? 0) && sync?.stateVersion === after?.stateVersion
    )
  })
})

test('support sees one person across both apps, and ends their link', async ({ page }) => {
  test.setTimeout(120_000)
  const { tt, ah, purchaseId } = await supportAndBuyer(page)
  await page.goto(admin('/people'))
  await search(page, tt.email)
  await page.locator(`[data-person="${ah.userId}"] a`).click()
  await expect(page.locator('[data-link="live"]')).toContainText(tt.userId)
  await expect(page.locator('#grants [data-grant]')).toHaveCount(2)
  await expect(page.locator('#timeline [data-app="here"][data-action="link.linked"]')).toHaveCount(1)
  await expect(page.locator('#timeline [data-app="there"]').first()).toBeVisible()

  await page.locator('[data-action="unlink"] summary').click()
  await page.getByLabel(/^Closes, and waits/).check()
  await page.getByLabel('Reason').fill('They say it was not them')
  await page.getByRole('button', { name: 'Unlink', exact: true }).click()
  await expect(page.getByText('The link has ended.')).toBeVisible()
  await expect(page.locator('[data-link="ended"]')).toContainText('what it had claimed was freed')
  await expect(page.getByText('No sign-in links this person with')).toBeVisible()
  expect(await fixture.links.waitForUnlink(tt.userId)).toMatchObject({ unlinkedBy: 'not-me', released: true })
  expect(await fixture.openEntitlementsOf(purchaseId)).toHaveLength(0)
})

test('who is not from support is told of no admin page, and nobody signed out sees one', async ({ page }) => {
  const pages = ['', '/grants', '/grants/x', '/people', '/people/x', '/alerts']
  for (const path of pages) {
    await page.goto(admin(path))
    // Signed in, they come back to the very page.
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/)
    expect(new URL(page.url()).searchParams.get('callbackUrl')).toBe(`/admin${path}`)
  }
  const { email, session } = await newPerson(fixture, 'ah')
  await signInQuietly(page.context(), fixture, 'ah', email)
  for (const path of pages) {
    await page.goto(admin(path))
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  }
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0)
  const { url } = fixture.info.ah
  for (const path of ['search', 'grants/answer', 'links/unlink']) {
    const fields = { grantId: 'x', sellerUserId: 'x', linkRevision: '1', reason: 'a reason', q: 'x' }
    expect((await session.postFormOnce(`${url}/api/admin/${path}`, fields)).status).toBe(404)
    const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await session.postFormOnce(`${url}/api/admin/${path}`, fields, elsewhere)).status).toBe(403)
  }
})
