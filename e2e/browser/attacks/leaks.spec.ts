import { expect, test } from '@playwright/test'
import { newPerson } from '../../src/buyers.ts'
import { type EvilSite, startEvilSite } from '../../src/evil-site.ts'
import { type Fixture, openFixture } from '../../src/fixture.ts'
import { accept, askForLink, openReview } from '../../src/link-over-http.ts'
import { acceptLink, startLink, waitForReview } from '../../src/link-steps.ts'
import { signInQuietly } from '../../src/quiet-sign-in.ts'

/** Where a token or a person could be led out to, and who may show our pages as theirs. */

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

test('the link token stays out of the address bar, the history and every Referer', async ({
  page,
  context,
}) => {
  const [tt, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  await signInQuietly(context, fixture, 'tt', tt.email)
  await signInQuietly(context, fixture, 'ah', ah.email)
  const sent: { url: string; referer: string | null }[] = []
  page.on('request', (request) => {
    void request.headerValue('referer').then((referer) => sent.push({ url: request.url(), referer }))
  })
  await startLink(page, fixture)
  await waitForReview(page)
  const confirm = sent.find(({ url }) => url.includes('/account-link/confirm?token='))
  const token = new URL(confirm?.url ?? fixture.info.ah.url).searchParams.get('token')
  if (token === null) throw new Error('No link token was seen on its way.')

  expect(page.url()).not.toContain(token)
  const devtools = await context.newCDPSession(page)
  const history = async () =>
    (await devtools.send('Page.getNavigationHistory')).entries.map(({ url }) => url).join('\n')
  expect(await history()).not.toContain(token)
  expect(await page.content()).not.toContain(token)

  // Something of a stranger's on that very page, and a link out of it.
  const landing = evil.publish('<h1>Hello</h1>')
  await page.evaluate((url) => {
    const image = document.createElement('img')
    image.src = `${url}/pixel.gif`
    document.body.append(image)
  }, evil.url)
  await expect.poll(() => evil.seen().some(({ path }) => path === '/pixel.gif')).toBe(true)
  await page.evaluate((url) => {
    const link = document.createElement('a')
    link.href = url
    link.textContent = 'elsewhere'
    document.body.append(link)
    link.click()
  }, landing)
  await page.waitForURL(landing)
  await page.goBack()
  await acceptLink(page)
  await page.locator('main a[href*="/courses/"], main a').first().waitFor()

  expect(await history()).not.toContain(token)
  for (const { path, headers } of evil.seen()) {
    expect(`${path} ${headers.referer ?? ''} ${headers.cookie ?? ''}`).not.toContain(token)
  }
  const referers = sent.filter(({ referer }) => referer?.includes(token))
  expect(referers).toEqual([])
  // Control: the token was a real one, and it is what linked.
  await fixture.links.waitForLink(tt.userId, ah.userId)
  // Control: a page without a policy of ours does tell where one comes from.
  const open = evil.publish('<meta name="referrer" content="unsafe-url"><img src="/control.gif">')
  await page.goto(open)
  await expect.poll(() => evil.seen().find(({ path }) => path === '/control.gif')?.headers.referer).toBe(open)
})

const OUTSIDE = [
  '//evil.example',
  '///evil.example',
  'https://evil.example',
  'http:evil.example',
  '\\\\evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/%5Cevil.example',
  '/%2Fevil.example',
  '%2F%2Fevil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'data:text/html,hello',
  '/..//evil.example',
  '/./\\evil.example',
  '//tt.test@evil.example',
  'http://ah.test:13001@evil.example/',
]

test('returnTo of a link leads nowhere but to a path of AI Hero', async () => {
  const [tt, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  for (const returnTo of OUTSIDE) {
    const response = await tt.session.postFormOnce(`${fixture.info.tt.url}/api/account-link/initiate`, {
      returnTo,
    })
    await response.text()
    const location = response.headers.get('location')
    if (location === null) {
      expect([400, 422], returnTo).toContain(response.status)
      continue
    }
    expect(new URL(location, fixture.info.tt.url).host, returnTo).toMatch(/^(tt|ah)\.test:/)
  }
  // The one that AI Hero's own pages would take, given to them directly.
  for (const returnTo of OUTSIDE) {
    const url = `${fixture.info.ah.url}/account-link/done?returnTo=${encodeURIComponent(returnTo)}`
    const response = await ah.session.getOnce(url)
    const html = await response.text()
    const location = response.headers.get('location')
    if (location !== null) expect(new URL(location, url).host, returnTo).toBe(new URL(url).host)
    expect(linksIn(html, url).filter(leavesOurSites), returnTo).toEqual([])
  }
  // Controls: a path is kept to the end.
  const confirmUrl = await askForLink(fixture, tt.session, '/profile')
  const { fields } = await openReview(fixture, ah.session, confirmUrl)
  const done = await accept(fixture, ah.session, fields ?? {})
  expect(done).toContain(encodeURIComponent('/profile'))
  expect(linksIn(`<a href="//evil.example">`, fixture.info.ah.url).filter(leavesOurSites)).toHaveLength(1)
})

test('callbackUrl of a sign-in leads nowhere but to its own site, on either app', async () => {
  for (const app of ['tt', 'ah'] as const) {
    const { url } = fixture.info[app]
    const { session, email } = await newPerson(fixture, app)
    for (const callbackUrl of OUTSIDE) {
      const response = await session.getOnce(`${url}/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`)
      await response.text()
      const location = response.headers.get('location')
      if (location !== null) expect(new URL(location, url).host, callbackUrl).toBe(new URL(url).host)
    }
    for (const callbackUrl of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      const { csrfToken } = (await (await session.get(`${url}/api/auth/csrf`)).json()) as {
        csrfToken: string
      }
      const before = new Set((await fixture.inbox.mailsTo(email)).map(({ id }) => id))
      await (await session.postForm(`${url}/api/auth/signin/email`, { email, csrfToken, callbackUrl })).text()
      const target = await fixture.inbox.waitForSignInLink(app, email, before)
      expect(new URL(target).host).toBe(new URL(url).host)
      const answer = await session.getOnce(target)
      await answer.text()
      expect(new URL(answer.headers.get('location') ?? '', url).host).toBe(new URL(url).host)
    }
  }
})

function linksIn(html: string, base: string): string[] {
  return [...html.matchAll(/(?:href|action|content)="(?:\d+;\s*url=)?([^"]*)"/gi)].flatMap(([, link]) => {
    const address = (link ?? '').replaceAll('&amp;', '&')
    return URL.canParse(address, base) ? [new URL(address, base).href] : []
  })
}

function leavesOurSites(link: string): boolean {
  return /^https?:/.test(link) && /evil/.test(new URL(link).host)
}

test('no page of either app can be shown inside another site’s', async ({ page }) => {
  const [tt, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  await signInQuietly(page.context(), fixture, 'tt', tt.email)
  await signInQuietly(page.context(), fixture, 'ah', ah.email)
  await startLink(page, fixture)
  await waitForReview(page)
  const inside = evil.publish('<p>framed</p>')
  const framed = [
    `${fixture.info.ah.url}/account-link/review`,
    `${fixture.info.ah.url}/account-link/undo`,
    `${fixture.info.ah.url}/profile`,
    `${fixture.info.ah.url}/profile/unlink`,
    `${fixture.info.tt.url}/account`,
    `${fixture.info.tt.url}/confirm-email`,
    `${fixture.info.tt.url}/account-link/not-me`,
    inside,
  ]
  await page.goto(evil.publish(framed.map((url) => `<iframe src="${url}"></iframe>`).join('')), {
    waitUntil: 'load',
  })
  const frames = () => page.frames().filter((frame) => frame.parentFrame() !== null)
  // A refused frame is empty until the browser has put its error there, which may be after the page's load.
  await expect.poll(() => frames().filter((frame) => frame.url() === '')).toEqual([])
  expect(frames()).toHaveLength(framed.length)
  const shown = await Promise.all(
    frames().map(async (frame) => ({
      url: frame.url(),
      text: (await frame.locator('body').textContent()) ?? '',
    })),
  )
  // Control: the last one, of the same site, is there to be seen; in all others the browser shows its own error.
  expect(shown.filter(({ text }) => text.includes('framed')).map(({ url }) => url)).toEqual([inside])
  expect(shown.filter(({ url }) => !url.startsWith('chrome-error:')).map(({ url }) => url)).toEqual([inside])
  expect(await fixture.links.isUnlinked(tt.userId)).toBe(true)
})
