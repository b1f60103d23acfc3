import { type Bridge, createBridge } from '@cross-app/shared'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { boughtBundle, newPerson } from '../src/buyers.ts'
import { openFixture } from '../src/fixture.ts'
import { accept, askForLink, linkOverHttp, openReview } from '../src/link-over-http.ts'
import { countMails, MAILS } from '../src/mails.ts'
import { environmentOf } from '../src/stack-secrets.ts'
import { waitUntil } from '../src/wait-until.ts'

const fixture = openFixture()
afterEach(() => fixture.faults.heal())
afterAll(() => fixture.close())

async function twoPeople() {
  const [tt, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
  return { tt, ah }
}

async function linkedPeople() {
  const people = await twoPeople()
  await linkOverHttp(fixture, people.tt, people.ah)
  await fixture.links.waitForLink(people.tt.userId, people.ah.userId)
  return people
}

/** One app's end of the bridge, in this test's hands: signs with the stack's own secret. */
function bridgeOf(app: 'tt' | 'ah'): Bridge {
  const { CROSS_APP_SECRET = '', CROSS_APP_ENVIRONMENT = '' } = environmentOf(fixture.info.name, app)
  const peer = fixture.info[app === 'tt' ? 'ah' : 'tt']
  return createBridge({
    self: app === 'tt' ? 'total-typescript' : 'ai-hero',
    peer: app === 'tt' ? 'ai-hero' : 'total-typescript',
    environment: CROSS_APP_ENVIRONMENT,
    secrets: { current: CROSS_APP_SECRET },
    eventApi: { baseUrl: peer.inngestUrl, eventKey: peer.eventKey },
  })
}

/** Makes every mail that waits in an outbox due now, as if its backoff had passed, and lets both apps look. */
async function sweepMails(): Promise<void> {
  await fixture.databases.tt(
    "UPDATE Outbox SET nextAttemptAt = UTC_TIMESTAMP(3) WHERE dispatchedAt IS NULL AND kind = 'email'",
  )
  await fixture.databases.ah(
    "UPDATE AI_Outbox SET nextAttemptAt = UTC_TIMESTAMP(3) WHERE dispatchedAt IS NULL AND kind = 'email'",
  )
  await fixture.sweep('tt')
  await fixture.sweep('ah')
}

/** Makes an unlink request that waits due now, and lets Total TypeScript look. */
async function sweepUnlinks(ttUserId: string): Promise<void> {
  await fixture.databases.tt(
    'UPDATE AccountLink SET nextAttemptAt = UTC_TIMESTAMP(3) WHERE userId = ? AND nextAttemptAt IS NOT NULL',
    [ttUserId],
  )
  await fixture.sweep('tt')
}

describe('account/linked', () => {
  it('is accepted an hour late: what counts is when the accounts were linked, not when it comes', async () => {
    const { tt, ah } = await twoPeople()
    await fixture.faults.setFault('ahToTtInngest', { kind: 'status503' })
    await fixture.faults.setFault('ttToAhApi', { kind: 'status503' })
    await linkOverHttp(fixture, tt, ah)
    expect((await fixture.links.both(tt.userId)).tt?.linkedTo ?? null).toBeNull()
    // An hour passes.
    await fixture.databases.ah(
      'UPDATE AI_AccountLink SET linkedAt = linkedAt - INTERVAL 1 HOUR WHERE linkedUserId = ?',
      [tt.userId],
    )
    await fixture.databases.tt(
      'UPDATE LinkRequest SET createdAt = createdAt - INTERVAL 1 HOUR, expiresAt = expiresAt - INTERVAL 1 HOUR WHERE userId = ?',
      [tt.userId],
    )
    const [link] = await fixture.databases.ah<{ linkedAt: Date; linkTokenId: string }>(
      'SELECT linkedAt, linkTokenId FROM AI_AccountLink WHERE linkedUserId = ?',
      [tt.userId],
    )
    if (!link) throw new Error('AI Hero has no link.')
    expect(Date.now() - link.linkedAt.getTime()).toBeGreaterThan(55 * 60_000)
    await bridgeOf('ah').send({
      name: 'account/linked',
      data: {
        v: 1,
        linkRevision: 1,
        userId: ah.userId,
        linkedUserId: tt.userId,
        linkMethod: 'explicit',
        linkedAt: link.linkedAt.toISOString(),
        linkedEmail: ah.email,
        jti: link.linkTokenId,
      },
    })
    await fixture.links.waitForLink(tt.userId, ah.userId)
    const [request] = await fixture.databases.tt<{ consumedAt: Date | null }>(
      'SELECT consumedAt FROM LinkRequest WHERE userId = ?',
      [tt.userId],
    )
    expect(request?.consumedAt).not.toBeNull()
  })

  it('control: of a link made after its token’s end, Total TypeScript asks for the undoing, and audits it', async () => {
    const { tt, ah } = await twoPeople()
    await fixture.faults.setFault('ahToTtInngest', { kind: 'status503' })
    await fixture.faults.setFault('ttToAhApi', { kind: 'status503' })
    const { purchaseId } = await buyWithoutAnswer(tt)
    await linkOverHttp(fixture, tt, ah)
    await fixture.databases.tt(
      'UPDATE LinkRequest SET createdAt = createdAt - INTERVAL 1 HOUR, expiresAt = expiresAt - INTERVAL 1 HOUR WHERE userId = ?',
      [tt.userId],
    )
    await fixture.faults.heal()
    await fixture.sweep('tt')
    await waitUntil('the link to be undone on both apps', async () => {
      await sweepUnlinks(tt.userId)
      const { tt: mirror, ah: record } = await fixture.links.both(tt.userId)
      return record?.unlinkedBy === 'refused' && mirror?.linkedTo === null && record.linkedTo === null
    })
    expect((await fixture.links.both(tt.userId)).ah?.released).toBe(true)
    expect((await fixture.grantsOf(purchaseId)).map(({ userId }) => userId)).toEqual([null, null])
  })

  it('that is lost is repaired by the pull, claims and all', async () => {
    const { tt, ah } = await twoPeople()
    const { purchaseId } = await boughtBundle(fixture, tt.session)
    await fixture.faults.setFault('ahToTtInngest', { kind: 'down' })
    await linkOverHttp(fixture, tt, ah)
    expect((await fixture.links.both(tt.userId)).tt?.linkedTo ?? null).toBeNull()
    await fixture.sweep('tt')
    await fixture.links.waitForLink(tt.userId, ah.userId)
    const syncs = await fixture.syncsOf(purchaseId)
    expect(syncs.map(({ mirrorStatus }) => mirrorStatus)).toEqual(['active', 'active'])

    // So is its end, made while nothing can be pushed either.
    await (await ah.session.postForm(`${fixture.info.ah.url}/api/account/unlink`, {})).text()
    expect((await fixture.links.both(tt.userId)).tt?.linkedTo).toBe(ah.userId)
    await fixture.sweep('tt')
    await fixture.links.waitForUnlink(tt.userId)
  })
})

/** A purchase whose grants AI Hero has, although it can't answer: the road back is closed. */
async function buyWithoutAnswer(person: { session: Awaited<ReturnType<typeof newPerson>>['session'] }) {
  const { checkoutSessionId } = await fixture.buyBundle(person.session)
  const { id } = await fixture.waitForPurchase(checkoutSessionId)
  await waitUntil('both grants', async () => (await fixture.grantsOf(id)).length === 2)
  return { purchaseId: id }
}

describe('unlinking', () => {
  it('on Total TypeScript while AI Hero’s Inngest is down waits, is said to wait, and is done when it is back', async () => {
    const { tt, ah } = await linkedPeople()
    await fixture.part('inngest-ah', 'kill')
    try {
      await (await tt.session.postForm(`${fixture.info.tt.url}/api/account-link/unlink`, {})).text()
      expect((await fixture.links.both(tt.userId)).ah?.linkedTo).toBe(ah.userId)
      const refused = await tt.session.postFormForLocation(
        `${fixture.info.tt.url}/api/account-link/initiate`,
        {},
      )
      expect(refused).toContain('still-unlinking')
      const account = await (await tt.session.get(`${fixture.info.tt.url}/account`)).text()
      expect(account).toMatch(/unlinking/i)
    } finally {
      await fixture.part('inngest-ah', 'start')
    }
    await waitUntil('the unlink on both apps', async () => {
      await sweepUnlinks(tt.userId)
      return fixture.links.isUnlinked(tt.userId)
    })
    expect((await fixture.links.both(tt.userId)).ah).toMatchObject({ unlinkedBy: 'user', linkRevision: 2 })
    await linkOverHttp(fixture, tt, ah)
    expect(await fixture.links.waitForLink(tt.userId, ah.userId)).toMatchObject({ linkRevision: 3 })
  })

  it('on AI Hero while its Inngest is down holds there at once, and Total TypeScript learns it by the pull', async () => {
    const { tt, ah } = await linkedPeople()
    await fixture.part('inngest-ah', 'kill')
    try {
      await (await ah.session.postForm(`${fixture.info.ah.url}/api/account/unlink`, {})).text()
      expect((await fixture.links.both(tt.userId)).ah?.linkedTo).toBeNull()
      await fixture.sweep('tt')
      expect(await fixture.links.waitForUnlink(tt.userId)).toMatchObject({ unlinkedBy: 'user' })
    } finally {
      await fixture.part('inngest-ah', 'start')
    }
  })

  it('while a purchase is on its way leaves that purchase unclaimed', async () => {
    const { tt } = await linkedPeople()
    await fixture.faults.setFault('ttToAhInngest', { kind: 'status503' })
    const { checkoutSessionId } = await fixture.buyBundle(tt.session)
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    await (await tt.session.postForm(`${fixture.info.tt.url}/api/account-link/unlink`, {})).text()
    await fixture.faults.heal()
    await waitUntil('the purchase to be known on AI Hero', async () => {
      await fixture.expireBackoff(purchase.id)
      await sweepUnlinks(tt.userId)
      const syncs = await fixture.syncsOf(purchase.id)
      return syncs.every(({ mirrorStatus }) => mirrorStatus === 'pending')
    })
    expect((await fixture.grantsOf(purchase.id)).map(({ userId }) => userId)).toEqual([null, null])
  })
})

describe('an email provider that is down', () => {
  it('keeps no course closed: the mails go out later, each once', async () => {
    const { tt, ah } = await twoPeople()
    const { purchaseId } = await boughtBundle(fixture, tt.session)
    await fixture.inbox.waitForMail(tt.email, MAILS['ah pending'])
    await fixture.faults.setFault('ttToMail', { kind: 'down' })
    await fixture.faults.setFault('ahToMail', { kind: 'down' })
    await linkOverHttp(fixture, tt, ah)
    await fixture.links.waitForLink(tt.userId, ah.userId)
    expect((await fixture.grantsOf(purchaseId)).map(({ status }) => status)).toEqual(['active', 'active'])
    await waitUntil('a try to send to have failed', async () => {
      const rows = await fixture.databases.ah(
        "SELECT id FROM AI_Outbox WHERE kind = 'email' AND dispatchedAt IS NULL AND dedupeKey LIKE CONCAT('%', ?, '%')",
        [tt.userId],
      )
      return rows.length === 2
    })
    expect(await countMails(fixture, ah.email)).toEqual({})

    await fixture.faults.heal()
    const expected = {
      tt: { 'tt receipt': 1, 'ah pending': 1, 'tt linked': 1 },
      ah: { 'ah linked': 1, 'ah claimed': 1 },
    }
    await waitUntil(
      'all mails',
      async () => {
        await sweepMails()
        const [onTt, onAh] = [await countMails(fixture, tt.email), await countMails(fixture, ah.email)]
        return Object.keys(onTt).length === 3 && Object.keys(onAh).length === 2
      },
      30_000,
      500,
    )
    await sweepMails()
    expect(await countMails(fixture, tt.email)).toEqual(expected.tt)
    expect(await countMails(fixture, ah.email)).toEqual(expected.ah)
  })

  it('that took a mail and whose answer was lost sends it once', async () => {
    const { tt, ah } = await twoPeople()
    await fixture.faults.setFault('ttToMail', { kind: 'lostResponse', times: 1 })
    await fixture.faults.setFault('ahToMail', { kind: 'lostResponse', times: 1 })
    await linkOverHttp(fixture, tt, ah)
    await fixture.inbox.waitForMail(tt.email, MAILS['tt linked'])
    await fixture.inbox.waitForMail(ah.email, MAILS['ah linked'])
    await waitUntil(
      'both apps to know that the mails were taken',
      async () => {
        await sweepMails()
        const onTt = await fixture.databases.tt(
          "SELECT id FROM Outbox WHERE kind = 'email' AND dispatchedAt IS NULL AND happening LIKE CONCAT('%', ?, '%')",
          [tt.userId],
        )
        const onAh = await fixture.databases.ah(
          "SELECT id FROM AI_Outbox WHERE kind = 'email' AND dispatchedAt IS NULL AND dedupeKey LIKE CONCAT('%', ?, '%')",
          [tt.userId],
        )
        return onTt.length === 0 && onAh.length === 0
      },
      30_000,
      500,
    )
    expect(await countMails(fixture, tt.email)).toEqual({ 'tt linked': 1 })
    expect(await countMails(fixture, ah.email)).toEqual({ 'ah linked': 1 })
  })
})

describe('a link token', () => {
  const bridgeOfTt = bridgeOf('tt')

  it('that is no token, is tampered with, unsigned or meant for something else ends on a clear page, and writes nothing', async () => {
    const { tt, ah } = await twoPeople()
    const genuine = new URL(await askForLink(fixture, tt.session)).searchParams.get('token') ?? ''
    const [header = '', payload = '', signature = ''] = genuine.split('.')
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'cross-app-link+jwt' })).toString(
      'base64url',
    )
    const changed = Buffer.from(
      Buffer.from(payload, 'base64url').toString('utf8').replace(tt.userId, ah.userId),
    ).toString('base64url')
    const tokens = [
      '',
      'nonsense',
      `${unsigned}.${payload}.`,
      `${header}.${changed}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      await bridgeOfTt.createReadToken(),
      await bridgeOfTt.createUndoToken({ sellerUserId: tt.userId, linkRevision: 1 }),
      'x'.repeat(9_000),
    ]
    for (const token of tokens) {
      const url = `${fixture.info.ah.url}/account-link/confirm?token=${encodeURIComponent(token)}`
      const response = await ah.session.get(url)
      const html = await response.text()
      expect(response.status, token.slice(0, 20)).toBeLessThan(500)
      expect(html, token.slice(0, 20)).toMatch(/data-refusal="token-(invalid|expired)"/)
    }
    expect((await fixture.links.both(tt.userId)).ah).toBeNull()
    // Control: the genuine one leads to the button.
    const { fields } = await openReview(
      fixture,
      ah.session,
      `${fixture.info.ah.url}/account-link/confirm?token=${genuine}`,
    )
    expect(fields).not.toBeNull()
  })

  it('of a user whom Total TypeScript does not have, or that it never gave out, is stored, refused and undone with everything it claimed', async () => {
    const { tt, ah } = await twoPeople()
    const { purchaseId } = await boughtBundle(fixture, tt.session)
    const token = await bridgeOfTt.createLinkToken({
      tokenId: crypto.randomUUID(),
      sellerUserId: tt.userId,
      sellerEmail: tt.email,
      sellerName: null,
      returnTo: null,
    })
    const { fields } = await openReview(
      fixture,
      ah.session,
      `${fixture.info.ah.url}/account-link/confirm?token=${token}`,
    )
    await accept(fixture, ah.session, fields ?? {})
    await waitUntil('the link to be undone on both apps', async () => {
      await sweepUnlinks(tt.userId)
      const { tt: mirror, ah: record } = await fixture.links.both(tt.userId)
      return record?.unlinkedBy === 'refused' && record.released && mirror?.linkedTo === null
    })
    await waitUntil('the courses to wait again', async () =>
      (await fixture.grantsOf(purchaseId)).every(
        ({ userId, status }) => userId === null && status === 'pending',
      ),
    )
    expect(await fixture.openEntitlementsOf(purchaseId)).toHaveLength(0)
  })

  it('opened by a user who was deleted in the middle ends on a clear page', async () => {
    const { tt, ah } = await twoPeople()
    const confirmUrl = await askForLink(fixture, tt.session)
    const { fields } = await openReview(fixture, ah.session, confirmUrl)
    await (
      await tt.session.postForm(`${fixture.info.tt.url}/api/account/delete`, { confirm: 'delete' })
    ).text()
    expect(await fixture.links.userOf('tt', tt.email)).toBeUndefined()
    await accept(fixture, ah.session, fields ?? {})
    await waitUntil('the link to be refused', async () => {
      await sweepUnlinks(tt.userId)
      return fixture.links.isUnlinked(tt.userId)
    })
  })
})

describe('both apps at once', () => {
  it('asking for the end and making it at the same moment ends the link once, the same on both sides', async () => {
    const { tt, ah } = await linkedPeople()
    await Promise.all([
      tt.session.postForm(`${fixture.info.tt.url}/api/account-link/unlink`, {}).then((it) => it.text()),
      ah.session.postForm(`${fixture.info.ah.url}/api/account/unlink`, {}).then((it) => it.text()),
    ])
    await waitUntil('the end on both apps', async () => {
      await sweepUnlinks(tt.userId)
      return fixture.links.isUnlinked(tt.userId)
    })
    const ended = await fixture.links.waitForUnlink(tt.userId)
    expect(ended.linkRevision).toBe(2)
  })

  it('two AI Hero users accepting one token at the same moment: one is linked, the other is told why not', async () => {
    const [owner, one, two] = await Promise.all([
      newPerson(fixture, 'tt'),
      newPerson(fixture, 'ah'),
      newPerson(fixture, 'ah'),
    ])
    const confirmUrl = await askForLink(fixture, owner.session)
    const reviews = await Promise.all(
      [one, two].map(async ({ session }) => ({
        session,
        ...(await openReview(fixture, session, confirmUrl)),
      })),
    )
    const ends = await Promise.all(
      reviews.map(({ session, fields }) => accept(fixture, session, fields ?? {})),
    )
    expect(ends.filter((end) => end.includes('/account-link/done'))).toHaveLength(1)
    expect(ends.filter((end) => /reason=(token-used|seller-linked-elsewhere)/.test(end))).toHaveLength(1)
    const winner = ends[0]?.includes('/account-link/done') ? one : two
    await fixture.links.waitForLink(owner.userId, winner.userId)
  })
})
