import { expect, type Page, test } from '@playwright/test'
import { newPerson } from '../../src/buyers.ts'
import { type EvilSite, selfSendingForm, startEvilSite } from '../../src/evil-site.ts'
import { type Fixture, openFixture } from '../../src/fixture.ts'
import { createHttpSession } from '../../src/http-session.ts'
import { approveAs, beginSignIn, follow, signedInAs, signInWithProvider } from '../../src/oauth-over-http.ts'
import { signInQuietly } from '../../src/quiet-sign-in.ts'

/** Attempts to sign somebody in as somebody else, against providers that believe nobody. */

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

const APPS = ['tt', 'ah'] as const
const PROVIDERS = ['github', 'discord'] as const

async function expectNobodySignedIn(page: Page, app: 'tt' | 'ah'): Promise<void> {
  await page.goto(`${fixture.info[app].url}${app === 'tt' ? '/account' : '/profile'}`)
  await expect(page).toHaveURL(/\/sign-in\?/)
}

test('login CSRF: an attacker’s callback address opened in the victim’s browser signs nobody in', async ({
  page,
}) => {
  for (const app of APPS) {
    for (const provider of PROVIDERS) {
      const attacker = await fixture.providers.newUser(provider, fixture.newEmail())
      const attackersBrowser = createHttpSession()
      const authorizeUrl = await beginSignIn(fixture, attackersBrowser, app, provider)
      const callback = await approveAs(authorizeUrl, attacker)
      await page.goto(evil.publish(`<a href="${callback.replaceAll('&', '&amp;')}">Your prize</a>`))
      await page.getByRole('link', { name: 'Your prize' }).click()
      await page.waitForURL((url) => url.href.startsWith(fixture.info[app].url))
      await expectNobodySignedIn(page, app)
      expect(await fixture.links.holderOf(app, provider, attacker.id)).toBeUndefined()
      expect(await fixture.links.userOf(app, attacker.email ?? '')).toBeUndefined()

      // Control: the same steps in the browser that began them.
      const own = createHttpSession()
      await signInWithProvider(fixture, own, app, attacker)
      expect(await signedInAs(fixture, own, app)).toBe(attacker.email)
    }
  }
})

test('login CSRF: a form on another site can’t begin a sign-in, nor sign anybody out', async ({ page }) => {
  for (const app of APPS) {
    const { url } = fixture.info[app]
    const victim = await newPerson(fixture, app)
    await signInQuietly(page.context(), fixture, app, victim.email)
    for (const [path, fields] of [
      ['/api/auth/signin/github', { callbackUrl: url }],
      ['/api/auth/signin/email', { email: 'attacker@example.com', callbackUrl: url, csrfToken: 'made-up' }],
      ['/api/auth/signout', { callbackUrl: url }],
    ] as const) {
      await page.goto(evil.publish(selfSendingForm(url + path, fields)))
      await page.waitForURL((at) => at.href.startsWith(url))
      // Never on to the provider: the page that follows is the app's own.
      expect(page.url().startsWith(url)).toBe(true)
    }
    expect(await fixture.inbox.mailsTo('attacker@example.com')).toHaveLength(0)
    expect(await signedInAs(fixture, victim.session, app)).toBe(victim.email)
    await page.goto(`${url}${app === 'tt' ? '/account' : '/profile'}`)
    await expect(page.locator('main')).toContainText(victim.email)
  }
})

test('mixed-up sign-ins: state of another session, no state, and a code of the other provider are all refused', async () => {
  for (const app of APPS) {
    const { url } = fixture.info[app]
    for (const provider of PROVIDERS) {
      const attacker = await fixture.providers.newUser(provider, fixture.newEmail())
      const otherProvider = provider === 'github' ? 'discord' : 'github'
      const elsewhere = await fixture.providers.newUser(otherProvider, fixture.newEmail())
      const refused = async (make: (own: URL) => Promise<URL>): Promise<void> => {
        const victim = createHttpSession()
        const own = new URL(
          await approveAs(await beginSignIn(fixture, victim, app, provider), {
            ...attacker,
            id: (await fixture.providers.newUser(provider, fixture.newEmail())).id,
          }),
        )
        await follow(victim, (await make(own)).href)
        expect(await signedInAs(fixture, victim, app)).toBeNull()
        expect(await fixture.links.holderOf(app, provider, attacker.id)).toBeUndefined()
        expect(await fixture.links.holderOf(app, otherProvider, elsewhere.id)).toBeUndefined()
      }
      const attackersCallback = async (): Promise<URL> =>
        new URL(await approveAs(await beginSignIn(fixture, createHttpSession(), app, provider), attacker))
      const otherCallback = async (): Promise<URL> =>
        new URL(
          await approveAs(await beginSignIn(fixture, createHttpSession(), app, otherProvider), elsewhere),
        )
      const replaceIn = (target: URL, from: URL, names: string[]): URL => {
        const result = new URL(target)
        for (const name of names) {
          const value = from.searchParams.get(name)
          if (value === null) result.searchParams.delete(name)
          else result.searchParams.set(name, value)
        }
        return result
      }
      // The attacker's whole answer, and their code under the victim's own state (what PKCE is for).
      await refused(attackersCallback)
      await refused(async (own) => replaceIn(own, await attackersCallback(), ['code']))
      await refused(async (own) => replaceIn(own, await attackersCallback(), ['state']))
      await refused(async (own) => {
        own.searchParams.delete('state')
        return own
      })
      await refused(async (own) => {
        own.searchParams.set('state', '')
        return own
      })
      // A code of the other provider, brought to this one's callback; and this one's answer at the other's.
      await refused(async (own) => replaceIn(own, await otherCallback(), ['code']))
      await refused(async (own) => new URL(`${url}/api/auth/callback/${otherProvider}${own.search}`))

      // Control: nothing mixed up.
      const honest = createHttpSession()
      await signInWithProvider(fixture, honest, app, attacker)
      expect(await signedInAs(fixture, honest, app)).toBe(attacker.email)
    }
  }
})

test('a provider without an address, or with one that nobody confirmed, makes no account and links nothing', async ({
  page,
}) => {
  for (const app of APPS) {
    for (const provider of PROVIDERS) {
      const victimEmail = fixture.newEmail()
      const people = [
        await fixture.providers.newUser(provider, null),
        await fixture.providers.newUser(provider, victimEmail, false),
      ]
      for (const person of people) {
        const session = createHttpSession()
        const end = await signInWithProvider(fixture, session, app, person)
        expect(end.href.startsWith(fixture.info[app].url)).toBe(true)
        expect(end.searchParams.get('error')).toBe('ProviderEmailMissing')
        expect(await signedInAs(fixture, session, app)).toBeNull()
        expect(await fixture.links.holderOf(app, provider, person.id)).toBeUndefined()
      }
      expect(await fixture.links.userOf(app, victimEmail)).toBeUndefined()
      await page.goto(`${fixture.info[app].url}/sign-in`)
      await page.getByRole('button', { name: provider === 'github' ? /GitHub/ : /Discord/ }).click()
      await page.getByRole('button', { name: new RegExp(people[0]?.handle ?? '') }).click()
      await page.waitForURL(/error=/)
      await expect(page.locator('main')).toContainText(/address/i)

      // Control: with a confirmed address the same provider makes an account.
      const person = await fixture.providers.newUser(provider, fixture.newEmail())
      await signInWithProvider(fixture, createHttpSession(), app, person)
      expect(await fixture.links.holderOf(app, provider, person.id)).toBeDefined()
    }
  }
})
