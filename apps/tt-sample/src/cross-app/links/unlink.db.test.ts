import {randomUUID} from 'node:crypto'
import {beforeEach, describe, expect, it} from 'vitest'
import {callFunction, useFunctions} from '../../../test/support/call-function'
import {auditOfUser, linked, linkedUser, mirror, recordOfUser, unlinked} from '../../../test/support/link'
import {receivedByPeer, signedByPeer, toldPeer} from '../../../test/support/peer'
import {createPurchase, later} from '../../../test/support/purchase'
import {createUser} from '../../../test/support/shop'
import {world} from '../../../test/support/world'
import {deleteAccount} from '../../server/auth/delete-account'
import {hostContext} from '../../server/host-context'
import {crossAppContext as context} from '../host'
import {oldestOutstanding} from '../syncs/oldest-outstanding'
import {reconcileSyncs} from '../syncs/reconcile-syncs'
import {sendDueSyncs} from '../syncs/send-due-syncs'
import {requestAccountUnlink} from './request-account-unlink'
import {sendUnlinkRequest} from './send-unlink-request'
import {undoLink} from './undo-link'

useFunctions()
beforeEach(() => {
  world.eventApi.behaviour = 'ok'
  world.eventApi.behaviourOf = {}
  world.peer.available = true
  world.peer.linkRows = []
})

const ask = (userId: string) =>
  requestAccountUnlink(context, {userId, linkRevision: null, by: 'user', release: false})

describe('asking AI Hero to end a link', () => {
  it('names the link that is meant, and is due until AI Hero has confirmed it', async () => {
    const userId = await linkedUser()
    expect(await ask(userId)).toBe('requested')
    expect(await sendUnlinkRequest(context, {userId})).toEqual({outcome: 'sent'})
    expect(await toldPeer('account/unlink-requested', userId)).toEqual([
      {v: 1, linkRevision: 1, userId: `ah-of-${userId}`, linkedUserId: userId, by: 'user', release: false},
    ])
    expect(await sendUnlinkRequest(context, {userId})).toEqual({outcome: 'not-due'})
    expect(await sendUnlinkRequest(later(60_000), {userId})).toEqual({outcome: 'sent'})
    await mirror(unlinked(userId))
    expect(await sendUnlinkRequest(later(60 * 60_000), {userId})).toEqual({outcome: 'not-due'})
    expect(await auditOfUser(userId, 'link.unlink-requested')).toHaveLength(1)
  })

  it('is one request, however often and at once it is pressed', async () => {
    const userId = await linkedUser()
    const outcomes = await Promise.all([ask(userId), ask(userId), ask(userId)])
    expect(outcomes.filter((outcome) => outcome === 'requested')).toHaveLength(1)
    await Promise.all([1, 2, 3].map(() => sendUnlinkRequest(context, {userId})))
    expect(await toldPeer('account/unlink-requested', userId)).toHaveLength(1)
  })

  it('has nothing to end for someone who is not linked', async () => {
    const {id} = await createUser()
    expect(await ask(id)).toBe('nothing-to-end')
    const userId = await linkedUser()
    await mirror(unlinked(userId))
    expect(await ask(userId)).toBe('nothing-to-end')
  })

  it('outlives an outage: the sweep sends it, and readiness knows since when it waits', async () => {
    const userId = await linkedUser()
    await ask(userId)
    world.eventApi.behaviourOf['ah-key'] = 'unavailable'
    expect(await sendUnlinkRequest(context, {userId})).toMatchObject({outcome: 'not-sent', retryable: true})
    const {unlink} = await oldestOutstanding(context)
    expect(unlink).not.toBeNull()
    delete world.eventApi.behaviourOf['ah-key']
    const report = await reconcileSyncs(later(60_000))
    expect(report.unlinksSent).toBeGreaterThan(0)
    expect(await toldPeer('account/unlink-requested', userId)).toHaveLength(1)
  })

  it('asks again at once with the newer link that AI Hero answers with', async () => {
    const userId = await linkedUser()
    await ask(userId)
    await sendUnlinkRequest(context, {userId})
    const answer = await signedByPeer(linked(userId, {linkRevision: 3}))
    await callFunction('handle-account-linked', answer)
    const asked = await toldPeer('account/unlink-requested', userId)
    expect(asked.map(({linkRevision}) => linkRevision)).toEqual([1, 3])
  })

  it('keeps purchases from opening by the link meanwhile', async () => {
    const {purchaseId, userId} = await createPurchase()
    await mirror(linked(userId))
    await ask(userId)
    await sendDueSyncs(context, {purchaseId})
    const [sent] = await receivedByPeer(purchaseId)
    expect(sent?.data).toMatchObject({unlinkingLinkRevision: 1})
    expect(sent?.data).not.toHaveProperty('linkedUserId')
  })

  it('hints at the linked account without a request (control)', async () => {
    const {purchaseId, userId} = await createPurchase()
    await mirror(linked(userId))
    await sendDueSyncs(context, {purchaseId})
    const [sent] = await receivedByPeer(purchaseId)
    expect(sent?.data).toMatchObject({linkedUserId: `ah-of-${userId}`})
    expect(sent?.data).not.toHaveProperty('unlinkingLinkRevision')
  })

  it('alerts when AI Hero stays silent', async () => {
    const userId = await linkedUser()
    await ask(userId)
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await sendUnlinkRequest(later((attempt + 1) * 60 * 60_000), {userId})
    }
    expect(await auditOfUser(userId, 'alert.unlink-unanswered')).toHaveLength(1)
  })
})

describe('"this wasn’t me"', () => {
  const undo = async (userId: string, linkRevision: number) =>
    undoLink(context, {
      token: await context.bridge.createUndoToken({sellerUserId: userId, linkRevision}),
    })

  it('ends the link of the mail and frees what it claimed', async () => {
    const userId = await linkedUser()
    expect(await undo(userId, 1)).toEqual({userId, outcome: 'requested', outboxIds: []})
    expect(await recordOfUser(userId)).toMatchObject({
      unlinkRequest: {linkRevision: 1, by: 'not-me', release: true},
    })
  })

  it('frees what it claimed also when the link has ended since', async () => {
    const userId = await linkedUser()
    await mirror(unlinked(userId))
    expect((await undo(userId, 1)).outcome).toBe('requested')
    expect((await undo(userId, 1)).outcome).toBe('already-requested')
    await mirror(unlinked(userId, {linkRevision: 3, by: 'not-me', released: true}))
    expect((await undo(userId, 1)).outcome).toBe('nothing-to-end')
  })

  it('leaves a newer link alone, and has what the older one claimed freed', async () => {
    const userId = await linkedUser()
    await mirror(unlinked(userId))
    await mirror(linked(userId, {linkRevision: 3}))
    const undone = await undo(userId, 1)
    expect(undone.outcome).toBe('requested')
    expect((await recordOfUser(userId)).unlinkRequest).toBeNull()
    expect(undone.outboxIds).toHaveLength(1)
    expect((await undo(userId, 1)).outboxIds).toEqual(undone.outboxIds)

    await callFunction('emit-link-release', {
      name: 'account/release-requested',
      data: {userId, linkRevision: '1'},
    })
    expect(await toldPeer('account/unlink-requested', userId)).toMatchObject([
      {linkRevision: 1, linkedUserId: userId, by: 'not-me', release: true},
    ])
  })

  it('asks for no release that nobody has asked this app for, whoever publishes the event', async () => {
    const userId = await linkedUser()
    await callFunction('emit-link-release', {
      name: 'account/release-requested',
      data: {userId, linkRevision: '1'},
    })
    expect(await toldPeer('account/unlink-requested', userId)).toEqual([])
  })

  it.each([
    ['is no token', async () => 'nonsense'],
    [
      'is a link token',
      () =>
        context.bridge.createLinkToken({
          tokenId: randomUUID(),
          sellerUserId: 'someone',
          sellerEmail: 'a@example.com',
          sellerName: null,
          returnTo: null,
        }),
    ],
    ['is a read token', () => context.bridge.createReadToken()],
  ])('refuses what %s', async (_, token) => {
    await expect(undoLink(context, {token: await token()})).rejects.toMatchObject({
      refusal: 'token-invalid',
    })
  })
})

describe('deleting an account', () => {
  it('asks for the end of its link, keeps its purchases, and leaves no way to sign in', async () => {
    const {purchaseId, userId} = await createPurchase()
    await mirror(linked(userId))
    const providerAccountId = randomUUID()
    await context.db.account.create({data: {userId, provider: 'github', providerAccountId, type: 'oauth'}})
    await deleteAccount(hostContext, {userId})
    expect(await context.db.user.count({where: {id: userId}})).toBe(0)
    expect(await context.db.account.count({where: {userId}})).toBe(0)
    expect(await context.db.purchase.count({where: {id: purchaseId, userId}})).toBe(1)
    expect(await toldPeer('account/unlink-requested', userId)).toMatchObject([
      {by: 'account-deleted', release: false},
    ])
    expect(await auditOfUser(userId, 'user.deleted')).toHaveLength(1)
    await mirror(unlinked(userId, {by: 'account-deleted'}))
    expect((await recordOfUser(userId)).unlinkRequest).toBeNull()
    const mails = await context.db.outbox.count({where: {happening: `email:unlinked:${userId}:2`}})
    expect(mails).toBe(0)
  })

  it('ends as well when a link arrives at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const {id} = await createUser()
      await Promise.all([deleteAccount(hostContext, {userId: id}), mirror(linked(id))])
      const {unlinkRequest} = await recordOfUser(id)
      expect(unlinkRequest).toMatchObject({linkRevision: 1})
      expect(['account-deleted', 'refused']).toContain(unlinkRequest?.by)
    }
  })

  it('does nothing twice', async () => {
    const userId = await linkedUser()
    await Promise.all([deleteAccount(hostContext, {userId}), deleteAccount(hostContext, {userId})])
    expect(await auditOfUser(userId, 'user.deleted')).toHaveLength(1)
    expect(await toldPeer('account/unlink-requested', userId)).toHaveLength(1)
  })
})

describe('link requests', () => {
  it('are kept for 90 days, and then forgotten', async () => {
    const day = 24 * 60 * 60_000
    const rows = [89, 91].map((days) => ({
      jti: randomUUID(),
      userId: 'someone',
      createdAt: new Date(Date.now() - days * day),
      expiresAt: new Date(Date.now() - days * day),
    }))
    await context.db.linkRequest.createMany({data: rows})
    await reconcileSyncs(context)
    const left = await context.db.linkRequest.findMany({where: {jti: {in: rows.map(({jti}) => jti)}}})
    expect(left.map(({jti}) => jti)).toEqual([rows[0]!.jti])
  })
})
