import {randomUUID} from 'node:crypto'
import type {LinkTold} from '@cross-app/shared'
import {beforeEach, describe, expect, it} from 'vitest'
import {
  auditOfUser,
  linked,
  linkedUser,
  mailsAbout,
  mirror,
  recordOfUser,
  requestLink,
  unlinked,
} from '../../../test/support/link'
import {receivedByPeer} from '../../../test/support/peer'
import {createPurchase, oneSyncOf} from '../../../test/support/purchase'
import {createUser} from '../../../test/support/shop'
import {world} from '../../../test/support/world'
import {recordAudit} from '../audit/record-audit'
import {renderLinkEmail} from '../emails/render-link-email'
import {crossAppContext as context} from '../host'
import {inTransaction} from '../in-transaction'
import {sendDueSyncs} from '../syncs/send-due-syncs'
import {pullLinkChanges} from './pull-link-changes'
import {readLinkView} from './read-link-view'
import {requestAccountUnlink} from './request-account-unlink'
import {EMAIL_VERIFIED} from './was-detached'

beforeEach(async () => {
  world.peer.linkRows = []
  world.peer.available = true
  await context.db.pullCursor.deleteMany()
})

/** Every order of these. */
function ordersOf<Item>(items: Item[]): Item[][] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, index) =>
    ordersOf(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}

describe('what AI Hero says about a link', () => {
  it('is mirrored, told in one mail, and shown on the account page', async () => {
    const {id} = await createUser()
    const jti = await requestLink(id)
    const told = linked(id, {jti, linkedEmail: 'ada@ai-hero.example'})
    expect((await mirror(told)).outcome).toBe('mirrored')
    expect(await readLinkView(context, {userId: id})).toEqual({
      state: 'linked',
      aiHeroEmail: 'ada@ai-hero.example',
      method: 'explicit',
      since: told.data.linkedAt,
    })
    expect(await mailsAbout(id)).toEqual(['email:linked:1'])
    expect(await auditOfUser(id, 'link.mirrored')).toHaveLength(1)
    expect(JSON.stringify(await auditOfUser(id, 'link.mirrored'))).not.toContain('@')
  })

  /** As the host does when the user's address is confirmed, and an account that a stranger attached comes off. */
  async function detach(userId: string, provider: string) {
    await inTransaction(context, async (tx) => {
      await tx.account.deleteMany({where: {userId, provider}})
      await recordAudit(
        {...context, tx},
        {
          actor: `user:${userId}`,
          action: EMAIL_VERIFIED,
          purchaseId: null,
          subject: userId,
          data: {detachedProviders: provider},
        },
      )
    })
  }

  it('is stored and undone when the sign-in account it was made by has been detached here meanwhile', async () => {
    const {id} = await createUser()
    const account = {provider: 'github', providerAccountId: randomUUID(), userId: id}
    await context.db.account.create({data: {...account, type: 'oauth'}})
    await context.db.providerAccountSeen.create({data: {...account, newUser: true}})
    await detach(id, 'github')
    // Whoever it belongs to signs in once more, which makes it another user's.
    await context.db.providerAccountSeen.updateMany({
      where: {userId: id},
      data: {userId: (await createUser()).id},
    })
    const {outcome, unlinkDue} = await mirror(linked(id))
    expect({outcome, unlinkDue}).toEqual({outcome: 'refused', unlinkDue: true})
    expect((await recordOfUser(id)).unlinkRequest).toMatchObject({by: 'refused', release: true})
    expect(await auditOfUser(id, 'link.refused')).toMatchObject([{data: {refusal: 'provider-detached'}}])
    expect(await mailsAbout(id)).toEqual([])
  })

  it('is kept while an account of that provider is theirs, and when none was ever taken off them', async () => {
    const attached = await createUser()
    await detach(attached.id, 'github')
    const account = {provider: 'github', providerAccountId: randomUUID(), userId: attached.id}
    await context.db.account.create({data: {...account, type: 'oauth'}})
    expect((await mirror(linked(attached.id))).outcome).toBe('mirrored')
    // A database restored from a backup may have forgotten the account: that is no ground to end a link.
    expect((await mirror(linked((await createUser()).id))).outcome).toBe('mirrored')
    // Another provider's account, and a link by hand, are other matters.
    const other = await createUser()
    await detach(other.id, 'discord')
    expect((await mirror(linked(other.id))).outcome).toBe('mirrored')
    const byHand = await createUser()
    await detach(byHand.id, 'github')
    const told = linked(byHand.id, {jti: await requestLink(byHand.id)})
    expect((await mirror(told)).outcome).toBe('mirrored')
  })

  it('counts once, however often and in parallel it arrives, by event and by pull', async () => {
    const {id} = await createUser()
    const told = linked(id, {jti: await requestLink(id)})
    world.peer.linkRows = [{id: 'a', updatedAt: '2026-11-21T11:00:00.000Z', row: told.data}]
    const [first, second, third] = await Promise.all([mirror(told), mirror(told), pullLinkChanges(context)])
    const applied = [first.outcome, second.outcome].filter((outcome) => outcome === 'mirrored').length
    expect(applied + third.applied).toBe(1)
    expect(await recordOfUser(id)).toMatchObject({linkRevision: 1, unlinkRequest: null})
    expect(await mailsAbout(id)).toEqual(['email:linked:1'])
    expect(await auditOfUser(id, 'link.refused')).toEqual([])
  })

  it('ends the same in every order and with every duplicate: linked, unlinked, linked, unlinked', async () => {
    const at = '2026-11-21T10:00:00.000Z'
    const ends: unknown[] = []
    const orders = ordersOf([0, 1, 2, 3])
    for (const order of orders) {
      const {id} = await createUser()
      const told: LinkTold[] = [
        linked(id, {linkedAt: at}),
        unlinked(id, {unlinkedAt: at}),
        linked(id, {linkRevision: 3, linkedAt: at}),
        unlinked(id, {linkRevision: 4, unlinkedAt: at, by: 'not-me', released: true}),
      ]
      for (const index of order) await mirror(told[index]!)
      for (const each of told) expect((await mirror(each)).outcome).toBe('unchanged')
      const {linkRevision, link, unlinkRequest} = await recordOfUser(id)
      ends.push({linkRevision, ended: link?.ended, unlinkRequest})
    }
    expect(ends).toHaveLength(24)
    expect(new Set(ends.map((end) => JSON.stringify(end))).size).toBe(1)
    expect(ends[0]).toEqual({
      linkRevision: 4,
      ended: {at, by: 'not-me', released: true},
      unlinkRequest: null,
    })
  })

  it('sends no purchase again: AI Hero claims what waits, and answers for it', async () => {
    const {purchaseId, userId} = await createPurchase()
    await sendDueSyncs(context, {purchaseId})
    const before = await oneSyncOf(purchaseId)
    await mirror(linked(userId))
    expect(await oneSyncOf(purchaseId)).toEqual(before)
    await sendDueSyncs(context, {purchaseId})
    expect(await receivedByPeer(purchaseId)).toHaveLength(1)
  })

  it('keeps a relink that arrives before the unlink it follows', async () => {
    const userId = await linkedUser()
    await mirror(linked(userId, {linkRevision: 3, userId: 'another-ah-user'}))
    expect((await mirror(unlinked(userId))).outcome).toBe('unchanged')
    expect(await recordOfUser(userId)).toMatchObject({
      linkRevision: 3,
      link: {granterUserId: 'another-ah-user', ended: null},
    })
  })

  it('tells of a link that had ended before it was heard of: the way to undo it is in that mail', async () => {
    const {id: userId} = await createUser()
    await mirror(unlinked(userId))
    await mirror(linked(userId))
    expect(await mailsAbout(userId)).toEqual(['email:linked:1', 'email:unlinked:2'])
    const mail = await renderLinkEmail(context, {
      template: 'account-linked',
      userId,
      linkRevision: 1,
      siteUrl: 'https://tt.test',
    })
    expect(mail?.text).toContain('https://tt.test/account-link/not-me?token=')
    // How it was made nobody has told.
    expect(mail?.text).toContain('was linked to an AI Hero account.')
  })

  it('does not tell of it when what it claimed has been freed: nothing is left to undo (control)', async () => {
    const {id: userId} = await createUser()
    await mirror(unlinked(userId, {by: 'not-me', released: true}))
    expect(await mailsAbout(userId)).toEqual(['email:unlinked:2'])
  })

  it('tells of an end in one mail, and of the later release of its claims in none', async () => {
    const userId = await linkedUser()
    await mirror(unlinked(userId))
    await mirror(unlinked(userId))
    await mirror(unlinked(userId, {linkRevision: 3, by: 'not-me', released: true}))
    expect(await mailsAbout(userId)).toEqual(['email:linked:1', 'email:unlinked:2'])
    expect(await readLinkView(context, {userId})).toEqual({state: 'none'})
  })
})

describe('a link that this app can not accept', () => {
  async function refusedLink(over: Parameters<typeof linked>[1], userId?: string) {
    const id = userId ?? (await createUser()).id
    const result = await mirror(linked(id, over))
    return {id, result, record: await recordOfUser(id)}
  }

  it.each([
    ['was never issued', async () => ({jti: randomUUID()})],
    ['was issued for somebody else', async () => ({jti: await requestLink((await createUser()).id)})],
    [
      'had ended when it was used',
      async () => ({
        jti: 'late',
        linkedAt: '2026-11-21T10:11:01.000Z',
      }),
    ],
  ])('is stored, and its undoing asked for with release, when its token %s', async (_, over) => {
    const {id: userId} = await createUser()
    const given = await over()
    if (given.jti === 'late') {
      given.jti = await requestLink(userId, {createdAt: new Date('2026-11-21T10:00:00.000Z')})
    }
    const {result, record} = await refusedLink(given, userId)
    expect(result).toMatchObject({outcome: 'refused', unlinkDue: true, outboxIds: []})
    expect(record).toMatchObject({
      linkRevision: 1,
      unlinkRequest: {linkRevision: 1, by: 'refused', release: true},
    })
    expect(await readLinkView(context, {userId})).toEqual({state: 'unlinking'})
    expect(await auditOfUser(userId, 'link.refused')).toMatchObject([{data: {refusal: 'token-invalid'}}])
    await mirror(unlinked(userId, {by: 'refused', released: true}))
    expect((await recordOfUser(userId)).unlinkRequest).toBeNull()
    expect(await mailsAbout(userId)).toEqual([])
  })

  it('is one whose token was used by another link before', async () => {
    const {id} = await createUser()
    const jti = await requestLink(id)
    await mirror(linked(id, {jti}))
    await mirror(unlinked(id))
    expect((await mirror(linked(id, {jti, linkRevision: 3, userId: 'mallory'}))).outcome).toBe('refused')
  })

  it('is one of a user who is gone', async () => {
    const {id, result} = await refusedLink({}, `gone-${randomUUID()}`)
    expect(result.outcome).toBe('refused')
    expect(await auditOfUser(id, 'link.refused')).toMatchObject([{data: {refusal: 'user-missing'}}])
  })

  it('is not one that is delivered an hour late: the signed time counts (control)', async () => {
    const createdAt = new Date(Date.now() - 60 * 60_000)
    const {id} = await createUser()
    const jti = await requestLink(id, {createdAt})
    const linkedAt = new Date(createdAt.getTime() + 9 * 60_000).toISOString()
    expect((await mirror(linked(id, {jti, linkedAt}))).outcome).toBe('mirrored')
  })
})

describe('an unlink that is asked for while a link is told', () => {
  it('wins, whichever of the two comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const userId = await linkedUser()
      await mirror(unlinked(userId, {by: 'account-deleted'}))
      const ask = () =>
        requestAccountUnlink(context, {userId, linkRevision: null, by: 'user', release: false})
      await mirror(linked(userId, {linkRevision: 3}))
      await Promise.all([mirror(linked(userId, {linkRevision: 5})), ask()])
      expect(await recordOfUser(userId)).toMatchObject({
        linkRevision: 5,
        unlinkRequest: {linkRevision: 5, by: 'user'},
      })
    }
  })
})

describe('the pull of links', () => {
  it('mirrors what events have lost, the end of a link too, and reads on past what it does not understand', async () => {
    const first = await createUser()
    const userId = await linkedUser()
    world.peer.linkRows = [
      {id: 'a', updatedAt: '2026-11-21T11:00:00.000Z', row: {v: 2}},
      {id: 'b', updatedAt: '2026-11-21T11:00:00.000Z', row: linked(first.id).data},
      {id: 'c', updatedAt: '2026-11-21T11:00:00.000Z', row: unlinked(userId).data},
    ]
    expect(await pullLinkChanges(context)).toEqual({read: 3, applied: 2})
    expect(await pullLinkChanges(context)).toEqual({read: 3, applied: 0})
    expect(await recordOfUser(first.id)).toMatchObject({linkRevision: 1})
    expect(await recordOfUser(userId)).toMatchObject({linkRevision: 2, link: {ended: {by: 'user'}}})
    const kinds = await context.db.pullCursor.findMany({select: {kind: true}})
    expect(kinds).toEqual([{kind: 'links'}])
  })
})
