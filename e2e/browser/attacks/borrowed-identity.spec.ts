import { expect, test } from '@playwright/test'
import { boughtBundle, newPerson } from '../../src/buyers.ts'
import { type Fixture, openFixture } from '../../src/fixture.ts'
import { createHttpSession } from '../../src/http-session.ts'
import { linkOverHttp } from '../../src/link-over-http.ts'
import { signedInAs, signInWithProvider } from '../../src/oauth-over-http.ts'
import { waitUntil } from '../../src/wait-until.ts'

/** Attempts to be somebody by their address, or by a provider’s account that is not theirs alone. */

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

const APPS = ['tt', 'ah'] as const

for (const app of APPS) {
  const other = app === 'tt' ? 'ah' : 'tt'

  test(`the victim’s address registered first on ${app === 'tt' ? 'Total TypeScript' : 'AI Hero'} by an attacker who never confirmed it: nothing is linked or claimed, and the attacker is out when the victim comes`, async () => {
    const email = fixture.newEmail()
    const attackersGithub = await fixture.providers.newUser('github', fixture.newEmail())
    // An account as providers that vouch for nothing have left it: the address is claimed, never confirmed.
    const attacker = createHttpSession()
    await signInWithProvider(fixture, attacker, app, attackersGithub)
    const attackersUser = (await fixture.links.holderOf(app, 'github', attackersGithub.id)) ?? ''
    await fixture.databases[app](
      `UPDATE ${app === 'tt' ? 'User' : 'AI_User'} SET email = ?, emailVerified = NULL WHERE id = ?`,
      [email, attackersUser],
    )

    const victim = await newPerson(fixture, other, email)
    const sellerId = app === 'tt' ? attackersUser : victim.userId
    const bought = await boughtBundle(fixture, app === 'tt' ? attacker : victim.session)
    await signInWithProvider(fixture, createHttpSession(), app, attackersGithub)
    await fixture.sweep('tt')
    expect(await fixture.links.isUnlinked(sellerId)).toBe(true)
    expect((await fixture.grantsOf(bought.purchaseId)).map(({ userId }) => userId)).toEqual([null, null])
    expect(await fixture.openEntitlementsOf(bought.purchaseId)).toHaveLength(0)
    if (app === 'ah') {
      const html = await (await attacker.get(fixture.info.ah.url)).text()
      expect(html).not.toContain('Link your accounts')
    }

    // The victim comes by email link: the account is theirs now, and the attacker's way in is gone.
    const owner = await newPerson(fixture, app, email)
    expect(owner.userId).toBe(attackersUser)
    expect(await fixture.links.holderOf(app, 'github', attackersGithub.id)).toBeUndefined()
    expect(await signedInAs(fixture, attacker, app)).toBeNull()
    const again = createHttpSession()
    await signInWithProvider(fixture, again, app, attackersGithub)
    expect(await signedInAs(fixture, again, app)).not.toBe(email)

    // Control: the victim's own two accounts can be linked.
    await linkOverHttp(fixture, app === 'tt' ? owner : victim, app === 'tt' ? victim : owner)
    await fixture.links.waitForLink(sellerId, app === 'tt' ? victim.userId : owner.userId)
  })
}

test('the victim’s address bought with as a guest by an attacker: the attacker’s sign-in gets neither the account nor the courses', async () => {
  const email = fixture.newEmail()
  const attackersGithub = await fixture.providers.newUser('github', email, false)
  const checkoutUrl = await fixture.startCheckout(createHttpSession())
  await fixture.pay(checkoutUrl, { email })
  const guest = await waitUntil('the guest’s account', () => fixture.links.userOf('tt', email))
  for (const app of APPS) {
    const session = createHttpSession()
    await signInWithProvider(fixture, session, app, attackersGithub)
    expect(await signedInAs(fixture, session, app)).toBeNull()
  }
  expect(await fixture.links.providerAccountsOf('tt', guest.id)).toEqual([])
  expect(await fixture.links.isUnlinked(guest.id)).toBe(true)
  expect((await fixture.links.userOf('tt', email))?.emailVerified).toBeNull()

  // Control: whoever reads the mail of that address has the account.
  const owner = await newPerson(fixture, 'tt', email)
  expect(owner.userId).toBe(guest.id)
})

test('the same verified address with different provider ids links nothing', async () => {
  const email = fixture.newEmail()
  const onTt = await fixture.providers.newUser('github', email)
  const onAh = await fixture.providers.newUser('github', email)
  const tt = createHttpSession()
  await signInWithProvider(fixture, tt, 'tt', onTt)
  await signInWithProvider(fixture, createHttpSession(), 'ah', onAh)
  const { purchaseId } = await boughtBundle(fixture, tt)
  const seller = await fixture.links.holderOf('tt', 'github', onTt.id)

  // Control, and the moment to look: people who share an id, and came later, are linked by now.
  const shared = await fixture.providers.newUser('github', fixture.newEmail())
  await signInWithProvider(fixture, createHttpSession(), 'tt', shared)
  await signInWithProvider(fixture, createHttpSession(), 'ah', shared)
  await fixture.links.waitForLink(
    (await fixture.links.holderOf('tt', 'github', shared.id)) ?? '',
    (await fixture.links.holderOf('ah', 'github', shared.id)) ?? '',
  )
  expect(await fixture.links.isUnlinked(seller ?? '')).toBe(true)
  expect((await fixture.grantsOf(purchaseId)).map(({ userId }) => userId)).toEqual([null, null])
})

test('a provider’s account attached today to an older account is no ground for a link, and that is audited', async () => {
  const shared = await fixture.providers.newUser('github', fixture.newEmail())
  const onAh = createHttpSession()
  await signInWithProvider(fixture, onAh, 'ah', shared)
  const granter = (await fixture.links.holderOf('ah', 'github', shared.id)) ?? ''
  await fixture.databases.ah(
    'UPDATE AI_ProviderAccountSeen SET newUser = 0, attachedAt = UTC_TIMESTAMP(3) WHERE providerAccountId = ?',
    [shared.id],
  )
  const tt = createHttpSession()
  await signInWithProvider(fixture, tt, 'tt', shared)
  const seller = (await fixture.links.holderOf('tt', 'github', shared.id)) ?? ''
  await waitUntil(
    'the refusal to be audited',
    async () => (await fixture.links.auditOf('ah', 'link.refused', seller)).length > 0,
  )
  expect(await fixture.links.isUnlinked(seller)).toBe(true)

  // Control: attached a day ago, the next sign-in links.
  await fixture.databases.ah(
    'UPDATE AI_ProviderAccountSeen SET attachedAt = UTC_TIMESTAMP(3) - INTERVAL 25 HOUR WHERE providerAccountId = ?',
    [shared.id],
  )
  await signInWithProvider(fixture, createHttpSession(), 'tt', shared)
  await fixture.links.waitForLink(seller, granter)
})
