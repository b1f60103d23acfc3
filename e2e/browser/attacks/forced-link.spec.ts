import { expect, type Page, test } from '@playwright/test'
import { boughtBundle, newPerson, type Person } from '../../src/buyers.ts'
import { type EvilSite, selfSendingForm, startEvilSite } from '../../src/evil-site.ts'
import { type Fixture, openFixture } from '../../src/fixture.ts'
import { accept, askForLink, linkOverHttp, openReview } from '../../src/link-over-http.ts'
import { acceptLink, waitForReview } from '../../src/link-steps.ts'
import { signInQuietly } from '../../src/quiet-sign-in.ts'

/** Attempts to link a victim's AI Hero account to an attacker's Total TypeScript account, or to steal a claim. */

let fixture: Fixture
let evil: EvilSite
test.beforeAll(async () => {
  fixture = openFixture()
  evil = await startEvilSite()
})
test.afterAll(async () => {
  await fixture.close()
  await evil.close()
})

type Scene = { attacker: Person; victim: Person; confirmUrl: string }

/** The attacker has asked for a link; the victim is signed in on AI Hero in this browser. */
async function prepare(page: Page): Promise<Scene> {
  const [attacker, victim] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  await signInQuietly(page.context(), fixture, 'ah', victim.email)
  return { attacker, victim, confirmUrl: await askForLink(fixture, attacker.session) }
}

async function expectNothingLinked({ attacker, victim }: Scene): Promise<void> {
  expect(await fixture.links.isUnlinked(attacker.userId)).toBe(true)
  const links = await fixture.databases.ah('SELECT id FROM AI_AccountLink WHERE userId = ?', [victim.userId])
  expect(links).toHaveLength(0)
}

test('an attacker’s link opened in the victim’s browser shows both identities, and links nothing by itself', async ({
  page,
}) => {
  const scene = await prepare(page)
  await page.goto(evil.publish(`<a href="${scene.confirmUrl}">Your prize</a>`))
  await page.getByRole('link', { name: 'Your prize' }).click()
  await waitForReview(page)
  await expect(page.locator('main')).toContainText(scene.attacker.email)
  await expect(page.locator('main')).toContainText(scene.victim.email)
  await page.goto(`${fixture.info.ah.url}/profile`)
  await expectNothingLinked(scene)

  // Control: the button of that page is what links.
  await page.goto(`${fixture.info.ah.url}/account-link/review`)
  await acceptLink(page)
  await fixture.links.waitForLink(scene.attacker.userId, scene.victim.userId)
})

test('a form on another site can’t press the button, whether or not it knows the hidden field', async ({
  page,
}) => {
  const scene = await prepare(page)
  await page.goto(scene.confirmUrl)
  await waitForReview(page)
  const action = `${fixture.info.ah.url}/account-link/accept`
  const real = Object.fromEntries(
    await page
      .locator('form[action="/account-link/accept"] input[type="hidden"]')
      .evaluateAll((inputs) =>
        inputs.map((input) => [input.getAttribute('name'), input.getAttribute('value')]),
      ),
  ) as Record<string, string>
  expect(Object.keys(real).length).toBeGreaterThan(0)
  for (const fields of [{}, real]) {
    const answer = page.waitForResponse(
      (response) => response.url() === action && response.request().method() === 'POST',
    )
    await page.goto(evil.publish(selfSendingForm(action, fields)))
    const request = (await answer).request()
    expect(await request.headerValue('origin')).toBe(evil.url)
    await page.waitForURL((url) => url.href.startsWith(fixture.info.ah.url))
    await expectNothingLinked(scene)
  }
})

test('a POST with the victim’s cookies is refused from another origin, without one, and with a wrong hidden field', async () => {
  const [attacker, victim] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  const confirmUrl = await askForLink(fixture, attacker.session)
  const { fields } = await openReview(fixture, victim.session, confirmUrl)
  if (fields === null) throw new Error('The review page has no form.')
  const url = `${fixture.info.ah.url}/account-link/accept`
  const origin = fixture.info.ah.url
  const wrong = Object.fromEntries(Object.keys(fields).map((name) => [name, 'made-up']))
  const other = await newPerson(fixture, 'ah')
  const others = await openReview(fixture, other.session, confirmUrl)
  const attempts: [Record<string, string>, Record<string, string>][] = [
    [fields, { origin: evil.url, 'sec-fetch-site': 'cross-site' }],
    [fields, { origin: 'null' }],
    [fields, {}],
    [fields, { 'sec-fetch-site': 'same-site' }],
    [{}, { origin }],
    [wrong, { origin }],
    // Bound to the session it was made for.
    [others.fields ?? {}, { origin }],
  ]
  for (const [posted, from] of attempts) {
    const response = await victim.session.postFormOnce(url, posted, from)
    await response.text()
    expect(response.headers.get('location') ?? '').not.toContain('/account-link/done')
    await expectNothingLinked({ attacker, victim, confirmUrl })
  }
  // The same refusal of the same two is written once a minute: seven attempts leave one row, or two.
  const refusals = await fixture.links.auditOf('ah', 'link.refused', victim.userId)
  expect([...new Set(refusals.map(({ data }) => data.refusal))]).toEqual(['form-expired'])
  expect(refusals.length).toBeLessThanOrEqual(2)
  // Control: the same cookies and fields from the page itself.
  expect(await accept(fixture, victim.session, fields)).toContain('/account-link/done')
  await fixture.links.waitForLink(attacker.userId, victim.userId)
})

test('a form on another site can’t make Total TypeScript start, end or delete anything', async ({ page }) => {
  const [victim, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  await linkOverHttp(fixture, victim, ah)
  await fixture.links.waitForLink(victim.userId, ah.userId)
  await signInQuietly(page.context(), fixture, 'tt', victim.email)
  await signInQuietly(page.context(), fixture, 'ah', ah.email)
  const targets: [string, Record<string, string>][] = [
    [`${fixture.info.tt.url}/api/account-link/initiate`, {}],
    [`${fixture.info.tt.url}/api/account-link/unlink`, {}],
    [`${fixture.info.tt.url}/api/account/delete`, { confirm: 'delete' }],
    [`${fixture.info.ah.url}/api/account/unlink`, {}],
    [`${fixture.info.ah.url}/api/account/delete`, { confirm: 'delete' }],
  ]
  const requestsBefore = await requestsOf(victim.userId)
  for (const [action, fields] of targets) {
    const answered = page.waitForResponse((response) => response.url().startsWith(action))
    await page.goto(evil.publish(selfSendingForm(action, fields)))
    expect((await answered).request().method()).toBe('POST')
    // And with the session's cookies, as an old browser would send them.
    const session = action.startsWith(fixture.info.tt.url) ? victim.session : ah.session
    await (await session.postFormOnce(action, fields, { origin: evil.url })).text()
    await (await session.postFormOnce(action, fields, {})).text()
  }
  expect(await requestsOf(victim.userId)).toBe(requestsBefore)
  expect(await fixture.links.both(victim.userId)).toMatchObject({
    tt: { linkedTo: ah.userId, linkRevision: 1 },
    ah: { linkedTo: ah.userId, linkRevision: 1 },
  })
  expect((await fixture.links.userOf('tt', victim.email))?.id).toBe(victim.userId)
  expect((await fixture.links.userOf('ah', ah.email))?.id).toBe(ah.userId)
  const asked = await fixture.databases.tt(
    'SELECT id FROM AccountLink WHERE userId = ? AND unlinkRequestedAt IS NOT NULL',
    [victim.userId],
  )
  expect(asked).toHaveLength(0)

  // Control: the same form from the site itself is obeyed.
  await (await ah.session.postForm(`${fixture.info.ah.url}/api/account/unlink`, {})).text()
  await fixture.links.waitForUnlink(victim.userId)
})

/** How often that user has asked for a link. */
async function requestsOf(ttUserId: string): Promise<number> {
  return (await fixture.databases.tt('SELECT jti FROM LinkRequest WHERE userId = ?', [ttUserId])).length
}

test('a token that was used links nobody else: the page says so, and it is audited', async ({ page }) => {
  const [owner, first, second] = await Promise.all([
    newPerson(fixture, 'tt'),
    newPerson(fixture, 'ah'),
    newPerson(fixture, 'ah'),
  ])
  const confirmUrl = await askForLink(fixture, owner.session)
  const mine = await openReview(fixture, first.session, confirmUrl)
  const theirs = await openReview(fixture, second.session, confirmUrl)
  if (mine.fields === null || theirs.fields === null) throw new Error('A review page has no form.')
  expect(await accept(fixture, first.session, mine.fields)).toContain('/account-link/done')
  await fixture.links.waitForLink(owner.userId, first.userId)

  const refused = await accept(fixture, second.session, theirs.fields)
  expect(refused).toContain('/account-link/problem')
  expect(refused).toMatch(/reason=(token-used|seller-linked-elsewhere)/)
  const { tt, ah } = await fixture.links.both(owner.userId)
  expect([tt?.linkedTo, ah?.linkedTo]).toEqual([first.userId, first.userId])
  expect(await fixture.links.auditOf('ah', 'link.refused', second.userId)).toHaveLength(1)

  // The same address opened once more, by hand, in the second person's browser.
  await signInQuietly(page.context(), fixture, 'ah', second.email)
  await page.goto(confirmUrl)
  await expect(page.locator('[data-refusal]').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Link accounts' })).toHaveCount(0)
  expect((await fixture.links.both(owner.userId)).ah?.linkedTo).toBe(first.userId)
})

test('after an unlink the old token links nobody again', async () => {
  const [owner, first] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  const confirmUrl = await askForLink(fixture, owner.session)
  const { fields } = await openReview(fixture, first.session, confirmUrl)
  await accept(fixture, first.session, fields ?? {})
  await fixture.links.waitForLink(owner.userId, first.userId)
  await (await first.session.postForm(`${fixture.info.ah.url}/api/account/unlink`, {})).text()
  await fixture.links.waitForUnlink(owner.userId)

  const again = await openReview(fixture, first.session, confirmUrl)
  if (again.fields !== null) {
    expect(await accept(fixture, first.session, again.fields)).toContain('reason=token-used')
  }
  expect(await fixture.links.isUnlinked(owner.userId)).toBe(true)

  // Control: a new one does.
  await linkOverHttp(fixture, owner, first)
  await fixture.links.waitForLink(owner.userId, first.userId)
})

test('an AI Hero account with the buyer’s own address that isn’t linked gets nothing', async () => {
  const email = fixture.newEmail()
  const [buyer, namesake] = await Promise.all([
    newPerson(fixture, 'tt', email),
    newPerson(fixture, 'ah', email),
  ])
  const { purchaseId } = await boughtBundle(fixture, buyer.session)
  const html = await (await namesake.session.get(fixture.info.ah.url)).text()
  expect(html).toContain('Link your accounts')
  await fixture.sweep('ah')
  expect((await fixture.grantsOf(purchaseId)).map(({ status, userId }) => ({ status, userId }))).toEqual([
    { status: 'pending', userId: null },
    { status: 'pending', userId: null },
  ])
  expect(await fixture.openEntitlementsOf(purchaseId)).toHaveLength(0)
  expect(await fixture.links.isUnlinked(buyer.userId)).toBe(true)

  // Control: the link is what gives it.
  await linkOverHttp(fixture, buyer, namesake)
  await expect
    .poll(async () => (await fixture.grantsOf(purchaseId)).map(({ userId }) => userId))
    .toEqual([namesake.userId, namesake.userId])
})

test('accounts that are linked elsewhere are refused on either side, with a clear page and an audit row', async () => {
  const [seller, granter, otherSeller, otherGranter] = await Promise.all([
    newPerson(fixture, 'tt'),
    newPerson(fixture, 'ah'),
    newPerson(fixture, 'tt'),
    newPerson(fixture, 'ah'),
  ])
  // Asked for while the account is still free, used when it isn't any more.
  const early = await askForLink(fixture, seller.session)
  const review = await openReview(fixture, otherGranter.session, early)
  await linkOverHttp(fixture, seller, granter)
  await fixture.links.waitForLink(seller.userId, granter.userId)

  const sellerTaken = await accept(fixture, otherGranter.session, review.fields ?? {})
  expect(sellerTaken).toContain('reason=seller-linked-elsewhere')
  const confirmUrl = await askForLink(fixture, otherSeller.session)
  const taken = await openReview(fixture, granter.session, confirmUrl)
  if (taken.fields === null) expect(taken.html).toContain('granter-linked-elsewhere')
  else {
    expect(await accept(fixture, granter.session, taken.fields)).toContain('reason=granter-linked-elsewhere')
  }
  expect(await fixture.links.isUnlinked(otherSeller.userId)).toBe(true)
  expect((await fixture.links.both(seller.userId)).ah?.linkedTo).toBe(granter.userId)
  expect(await fixture.links.auditOf('ah', 'link.refused', otherGranter.userId)).toHaveLength(1)
})
