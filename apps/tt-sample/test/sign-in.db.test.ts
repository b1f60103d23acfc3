import {randomUUID} from 'node:crypto'
import {encode} from 'next-auth/jwt'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {fetchCheckout} from '../src/commerce/fetch-checkout'
import {recordCheckout} from '../src/commerce/record-checkout'
import nextAuth from '../src/pages/api/auth/[...nextauth]'
import confirmEmail from '../src/pages/api/confirm-email'
import {
  confirmEmailUrl,
  createConfirmEmailToken,
  readConfirmEmailToken,
} from '../src/server/auth/confirm-email-link'
import {hostContext} from '../src/server/host-context'
import {type Browser, createBrowser, locationOf, signedInAs} from './support/browser'
import type {DiscordUser} from './support/discord-api'
import {createPurchase, oneSyncOf} from './support/purchase'
import {serveRoute} from './support/serve-route'
import {buy, createBundle, createUser} from './support/shop'
import {world} from './support/world'

const {db} = hostContext
const SESSION = 'tt-test.session-token'
let auth: Awaited<ReturnType<typeof serveRoute>>
let confirm: Awaited<ReturnType<typeof serveRoute>>

beforeAll(async () => {
  auth = await serveRoute(nextAuth, {parseBody: true})
  confirm = await serveRoute(confirmEmail, {parseBody: true})
})
afterAll(() => Promise.all([auth.close(), confirm.close()]))
beforeEach(() => {
  world.eventApi.behaviourOf = {}
})

/** Discord's ids are numbers as text. */
const newId = () => String(Date.now()) + String(Math.floor(Math.random() * 1e6)).padStart(6, '0')
const person = (over: Partial<DiscordUser> = {}): DiscordUser => ({
  id: newId(),
  username: 'ada',
  email: `${randomUUID()}@example.com`,
  verified: true,
  ...over,
})

/** An address of the site as this test serves it. */
const served = (location: string) => {
  const {pathname, search} = new URL(location, 'http://localhost:3000')
  return `${auth.url}${pathname}${search}`
}

/** Presses "Continue with Discord". @returns where Discord's page is */
async function goToDiscord(browser: Browser): Promise<string> {
  const response = await browser.get(`${auth.url}/api/auth/csrf`)
  const {csrfToken} = (await response.json()) as {csrfToken: string}
  return locationOf(
    await browser.post(`${auth.url}/api/auth/signin/discord`, {csrfToken, callbackUrl: '/account'}),
  )
}

async function signInWithDiscord(browser: Browser, user: DiscordUser): Promise<string> {
  const callback = world.discord.agree(await goToDiscord(browser), user)
  return locationOf(await browser.get(served(callback)))
}

const snapshot = async () => ({
  users: await db.user.count(),
  accounts: await db.account.count(),
  seen: await db.providerAccountSeen.count(),
  outbox: await db.outbox.count(),
})

describe('signing in with Discord', () => {
  it('makes an account of a verified address, notes that it was made so, and announces the sign-in', async () => {
    const browser = createBrowser()
    const user = person()
    expect(await signInWithDiscord(browser, user)).toBe('http://localhost:3000/account')
    expect(browser.cookies.has(SESSION)).toBe(true)
    const account = await db.account.findFirstOrThrow({
      where: {provider: 'discord', providerAccountId: user.id},
    })
    expect(await db.user.findUnique({where: {id: account.userId}})).toMatchObject({email: user.email})
    const where = {provider_providerAccountId: {provider: 'discord', providerAccountId: user.id}}
    expect(await db.providerAccountSeen.findUnique({where})).toMatchObject({
      newUser: true,
      vouchedEmail: user.email,
    })
    expect(world.eventApi.received).toContainEqual(
      expect.objectContaining({
        name: 'user/signed-in',
        data: {userId: account.userId, provider: 'discord', providerAccountId: user.id},
      }),
    )
  })

  it('joins the account that has this very address, as one that was attached just now', async () => {
    const known = await createUser()
    const user = person({email: known.email.toUpperCase()})
    await signInWithDiscord(createBrowser(), user)
    const where = {provider_providerAccountId: {provider: 'discord', providerAccountId: user.id}}
    expect(await db.providerAccountSeen.findUnique({where})).toMatchObject({userId: known.id, newUser: false})
  })

  it.each([
    ['no address', {email: null}],
    ['an address that nobody confirmed', {verified: false}],
  ])('ends on a clear page, with nothing written, for a Discord account with %s', async (_, over) => {
    const before = await snapshot()
    const browser = createBrowser()
    expect(await signInWithDiscord(browser, person(over))).toBe('/auth-error?error=ProviderEmailMissing')
    expect(browser.cookies.has(SESSION)).toBe(false)
    expect(await snapshot()).toEqual(before)
  })

  it('lets nobody into an account by an address that nobody confirmed', async () => {
    const victim = await createUser()
    const browser = createBrowser()
    await signInWithDiscord(browser, person({email: victim.email, verified: false}))
    expect(browser.cookies.has(SESSION)).toBe(false)
    expect(await db.account.count({where: {userId: victim.id}})).toBe(0)
  })

  it('takes no answer that another browser asked for (mixed-up state), and none twice', async () => {
    const [victim, attacker] = [createBrowser(), createBrowser()]
    const before = await snapshot()
    const callback = world.discord.agree(await goToDiscord(attacker), person())
    await goToDiscord(victim)
    expect(locationOf(await victim.get(served(callback)))).toContain('error=')
    expect(victim.cookies.has(SESSION)).toBe(false)
    expect(await snapshot()).toEqual(before)

    const own = world.discord.agree(await goToDiscord(victim), person())
    await victim.get(served(own))
    expect(victim.cookies.has(SESSION)).toBe(true)
    const thief = createBrowser()
    expect(locationOf(await thief.get(served(own)))).toContain('error=')
    expect(thief.cookies.has(SESSION)).toBe(false)
  })

  it('takes no answer of another issuer', async () => {
    const browser = createBrowser()
    const issuer = 'https://evil.example'
    const callback = world.discord.agree(await goToDiscord(browser), person(), {issuer})
    expect(locationOf(await browser.get(served(callback)))).toContain('error=')
    expect(browser.cookies.has(SESSION)).toBe(false)
  })

  it('adds an account to who is signed in, but not by the old session of an account that was taken off', async () => {
    // Someone registers with a provider before the owner of the address comes along.
    const attacker = createBrowser()
    const first = person()
    await signInWithDiscord(attacker, first)
    const account = await db.account.findFirstOrThrow({where: {providerAccountId: first.id}})
    const {userId} = account
    const copy = createBrowser()
    for (const [name, value] of attacker.cookies) copy.cookies.set(name, value)
    await signInWithDiscord(attacker, person())
    expect(await db.account.count({where: {userId}})).toBe(2)

    await db.account.deleteMany({where: {userId}})
    await signInWithDiscord(copy, person())
    expect(await db.account.count({where: {userId}})).toBe(0)
  })

  it('is not held up by an Inngest that never answers, nor by one that is away', async () => {
    for (const behaviour of ['unavailable', 'hang'] as const) {
      world.eventApi.behaviourOf['tt-key'] = behaviour
      const browser = createBrowser()
      const startedAt = Date.now()
      await signInWithDiscord(browser, person())
      expect(browser.cookies.has(SESSION)).toBe(true)
      expect(Date.now() - startedAt).toBeLessThan(15_000)
    }
  })

  it('works when the sign-in can not be noted: that is logged, and blocks nobody', async () => {
    const user = person()
    const browser = createBrowser()
    await db.$executeRawUnsafe('RENAME TABLE Outbox TO OutboxAway')
    try {
      await signInWithDiscord(browser, user)
    } finally {
      await db.$executeRawUnsafe('RENAME TABLE OutboxAway TO Outbox')
    }
    expect(browser.cookies.has(SESSION)).toBe(true)
    const where = {provider_providerAccountId: {provider: 'discord', providerAccountId: user.id}}
    expect(await db.providerAccountSeen.findUnique({where})).toMatchObject({vouchedEmail: null})
  })
})

describe('the sign-in mail', () => {
  async function askForLink(email: string): Promise<string> {
    const browser = createBrowser()
    const {csrfToken} = (await (await browser.get(`${auth.url}/api/auth/csrf`)).json()) as {csrfToken: string}
    const form = {email, csrfToken, callbackUrl: '/account'}
    return locationOf(await browser.post(`${auth.url}/api/auth/signin/email`, form))
  }
  const mailsTo = (email: string) => world.mail.delivered.filter(({to}) => to === email)

  it('has the link in its text, once, and says how long it is good for', async () => {
    const email = `${randomUUID()}@example.com`
    await askForLink(email)
    const [mail] = mailsTo(email)
    expect(mail?.subject).toBe('Your sign-in link for Total TypeScript')
    expect(mail?.text.match(/\/api\/auth\/callback\/email\?/g)).toHaveLength(1)
    expect(mail?.text).toContain('once, for an hour')
  })

  it('comes five times in a row to an address that follows none of the links, and says so the sixth time', async () => {
    const email = `${randomUUID()}@example.com`
    for (let time = 0; time < 5; time += 1) {
      expect(await askForLink(email)).toContain('/verify-request')
    }
    expect(await askForLink(email)).toContain('/auth-error?error=TooManyEmails')
    expect(await askForLink(email.toUpperCase())).toContain('/auth-error?error=TooManyEmails')
    expect(mailsTo(email)).toHaveLength(5)
    expect(await db.verificationToken.count({where: {identifier: email}})).toBe(5)
    // Another address is another matter, and links that are over don't count.
    expect(await askForLink(`${randomUUID()}@example.com`)).toContain('/verify-request')
    await db.verificationToken.updateMany({where: {identifier: email}, data: {expires: new Date(0)}})
    expect(await askForLink(email)).toContain('/verify-request')
  })

  it('is not kept from an address for long by who asks in its name: another one comes after ten minutes', async () => {
    const email = `${randomUUID()}@example.com`
    for (let time = 0; time < 5; time += 1) await askForLink(email)
    expect(await askForLink(email)).toContain('/auth-error?error=TooManyEmails')
    // As if ten minutes had passed since the newest.
    await db.verificationToken.updateMany({
      where: {identifier: email},
      data: {expires: new Date(Date.now() + 50 * 60_000 - 1_000)},
    })
    expect(await askForLink(email)).toContain('/verify-request')
    // Its link is minutes old at most, and works: nobody needs a third.
    expect(await askForLink(email)).toContain('/auth-error?error=TooManyEmails')
  })
})

describe('the confirm link of a guest’s receipt', () => {
  async function guestPurchase() {
    const email = `${randomUUID()}@example.com`
    const bought = await buy(await createBundle({targets: 1}), {email})
    const checkout = await fetchCheckout(hostContext.stripe, bought.sessionId)
    const recorded = await recordCheckout(hostContext, {checkout, event: null})
    if (recorded.outcome !== 'recorded') throw new Error('The purchase was not recorded.')
    const {purchaseId} = recorded
    const {ownerUserId: userId} = await oneSyncOf(purchaseId)
    return {email, purchaseId, userId}
  }
  const tokenIn = (url: string | null) => new URL(url ?? '').searchParams.get('token') ?? ''

  it('proves the address and signs the person in, by the email link of the sign-in library', async () => {
    const {email, purchaseId, userId} = await guestPurchase()
    const url = await confirmEmailUrl(hostContext, {purchaseId, to: email})
    expect(url).toMatch(/^http:\/\/localhost:3000\/confirm-email\?token=/)
    expect(url).not.toContain('@')
    const browser = createBrowser()
    const response = await browser.post(confirm.url, {token: tokenIn(url)})
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const callback = locationOf(response)
    expect(callback).toMatch(/^\/api\/auth\/callback\/email\?/)
    expect(await db.user.findUnique({where: {id: userId}})).toMatchObject({emailVerified: null})

    expect(locationOf(await browser.get(served(callback)))).toBe(
      'http://localhost:3000/account?done=email-confirmed',
    )
    expect(browser.cookies.has(SESSION)).toBe(true)
    expect(await db.user.findUnique({where: {id: userId}})).toMatchObject({emailVerified: expect.any(Date)})
    expect(await db.outbox.count({where: {happening: `user/email-verified:${userId}`}})).toBe(1)

    const thief = createBrowser()
    expect(locationOf(await thief.get(served(callback)))).toContain('error=Verification')
    const again = await thief.post(confirm.url, {token: tokenIn(url)})
    expect(locationOf(again)).toBe('/confirm-email?problem=confirmed')
    expect(thief.cookies.has(SESSION)).toBe(false)
    expect(await confirmEmailUrl(hostContext, {purchaseId, to: email})).toBeNull()
  })

  it('is only read by a mail scanner that opens it: that confirms and spends nothing', async () => {
    const {email, userId} = await guestPurchase()
    const token = await createConfirmEmailToken({userId, email})
    const before = await db.verificationToken.count()
    for (let visit = 0; visit < 3; visit += 1) {
      expect(await readConfirmEmailToken(hostContext, token)).toEqual({email, userId, state: 'open'})
    }
    expect(await db.verificationToken.count()).toBe(before)
    expect(await db.user.findUnique({where: {id: userId}})).toMatchObject({emailVerified: null})
  })

  it('is in no receipt of someone who was signed in, nor in one that goes to another address', async () => {
    const signedIn = await createPurchase()
    const {email} = await db.user.findUniqueOrThrow({where: {id: signedIn.userId}})
    await db.user.update({where: {id: signedIn.userId}, data: {emailVerified: null}})
    expect(await confirmEmailUrl(hostContext, {purchaseId: signedIn.purchaseId, to: email})).toBeNull()
    const guest = await guestPurchase()
    const to = 'somebody-else@example.com'
    expect(await confirmEmailUrl(hostContext, {purchaseId: guest.purchaseId, to})).toBeNull()
    expect(await confirmEmailUrl(hostContext, {purchaseId: 'none', to})).toBeNull()
  })

  it('is worth nothing once its user is gone or has another address', async () => {
    const {email, userId} = await guestPurchase()
    const token = await createConfirmEmailToken({userId, email})
    await db.user.update({where: {id: userId}, data: {email: `other-${email}`}})
    expect(await readConfirmEmailToken(hostContext, token)).toEqual({problem: 'invalid'})
    await db.user.delete({where: {id: userId}})
    expect(await readConfirmEmailToken(hostContext, token)).toEqual({problem: 'invalid'})
  })

  it.each([
    ['expired', 'is over 30 days old', {maxAge: -60}],
    ['invalid', 'was made with another secret', {secret: 'another-secret-of-at-least-32-bytes'}],
    ['invalid', 'was made for another purpose', {salt: 'something-else'}],
    ['invalid', 'is a session cookie', {salt: ''}],
  ])('is refused as %s when it %s', async (problem, _, over) => {
    const {email, userId} = await guestPurchase()
    const secret = process.env.NEXTAUTH_SECRET ?? ''
    const make = (options: object) =>
      encode({token: {sub: userId, email}, secret, salt: 'confirm-email-link', maxAge: 60, ...options})
    const browser = createBrowser()
    const refused = await browser.post(confirm.url, {token: await make(over)})
    expect(locationOf(refused)).toBe(`/confirm-email?problem=${problem}`)
    // Control: the same, made as this app makes it.
    expect(locationOf(await browser.post(confirm.url, {token: await make({})}))).toContain('/callback/email')
  })

  it('is no session', async () => {
    const {id, email} = await createUser()
    const browser = await signedInAs(id)
    browser.cookies.set(SESSION, await createConfirmEmailToken({userId: id, email}))
    const session = await browser.get(`${auth.url}/api/auth/session`)
    expect(await session.json()).toEqual({})
  })
})
