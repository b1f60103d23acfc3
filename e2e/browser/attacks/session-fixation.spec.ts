import { expect, test } from '@playwright/test'
import { newPerson } from '../../src/buyers.ts'
import { type Fixture, openFixture } from '../../src/fixture.ts'
import { createHttpSession } from '../../src/http-session.ts'
import { startLink, waitForReview } from '../../src/link-steps.ts'
import { follow, signedInAs } from '../../src/oauth-over-http.ts'
import { signInQuietly } from '../../src/quiet-sign-in.ts'

/** Attempts to have a victim use a session that the attacker knows. */

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

const APPS = ['tt', 'ah'] as const

for (const app of APPS) {
  test(`session fixation: a cookie planted before the sign-in on ${app === 'tt' ? 'Total TypeScript' : 'AI Hero'} is never a session, and signing in changes it`, async () => {
    const { url } = fixture.info[app]
    const probe = await fixture.signInByEmail(app, fixture.newEmail())
    const name = Object.keys(await probe.cookiesFor(url)).find((cookie) => cookie.includes('session-token'))
    if (name === undefined) throw new Error('A sign-in sets no session cookie.')

    const attacker = await newPerson(fixture, app)
    const attackersCookie = (await attacker.session.cookiesFor(url))[name] ?? ''
    for (const planted of ['planted-by-an-attacker', attackersCookie]) {
      const victimEmail = fixture.newEmail()
      const victim = createHttpSession()
      await victim.setCookie(`${name}=${planted}; Path=/`, url)
      // The attacker's own session is one, of course: but it is the attacker's, and stays that.
      const before = await signedInAs(fixture, victim, app)
      expect(before).toBe(planted === attackersCookie ? attacker.email : null)

      const { csrfToken } = (await (await victim.get(`${url}/api/auth/csrf`)).json()) as {
        csrfToken: string
      }
      await (
        await victim.postForm(`${url}/api/auth/signin/email`, {
          email: victimEmail,
          csrfToken,
          callbackUrl: url,
        })
      ).text()
      await follow(victim, await fixture.inbox.waitForSignInLink(app, victimEmail))
      const after = (await victim.cookiesFor(url))[name]
      expect(after).toBeDefined()
      expect(after).not.toBe(planted)
      expect(await signedInAs(fixture, victim, app)).toBe(victimEmail)
      const attackers = createHttpSession()
      await attackers.setCookie(`${name}=${planted}; Path=/`, url)
      expect(await signedInAs(fixture, attackers, app)).not.toBe(victimEmail)
    }
  })
}

test('session fixation through the link: who signs in on the way to the review page gets a session of their own', async ({
  page,
}) => {
  const { url } = fixture.info.ah
  const [tt, attacker] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  await signInQuietly(page.context(), fixture, 'tt', tt.email)
  await signInQuietly(page.context(), fixture, 'ah', attacker.email)
  const cookieOf = async () =>
    (await page.context().cookies(url)).find(({ name }) => name.includes('session-token'))?.value
  const planted = await cookieOf()
  await startLink(page, fixture)
  await waitForReview(page)
  await expect(page.locator('main')).toContainText(attacker.email)
  await page
    .getByRole('button', { name: /Not you\?/ })
    .or(page.getByRole('link', { name: /Not you\?/ }))
    .click()
  await page.waitForURL(/\/sign-in/)
  const email = fixture.newEmail()
  await page.getByLabel(/^Email/).fill(email)
  await page.getByRole('button', { name: 'Email me a link' }).click()
  await page.goto(await fixture.inbox.waitForSignInLink('ah', email))
  await waitForReview(page)
  await expect(page.locator('main')).toContainText(email)
  const own = await cookieOf()
  expect(own).toBeDefined()
  expect(own).not.toBe(planted)
  const old = createHttpSession()
  await old.setCookie(`${await sessionCookieName()}=${planted}; Path=/`, url)
  expect(await signedInAs(fixture, old, 'ah')).not.toBe(email)
  expect(await fixture.links.isUnlinked(tt.userId)).toBe(true)

  async function sessionCookieName(): Promise<string> {
    const cookie = (await page.context().cookies(url)).find(({ name }) => name.includes('session-token'))
    return cookie?.name ?? ''
  }
})
