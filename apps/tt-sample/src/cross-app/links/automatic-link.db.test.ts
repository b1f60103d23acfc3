import {randomUUID} from 'node:crypto'
import {describeLogin} from '@cross-app/shared'
import {beforeEach, describe, expect, it} from 'vitest'
import {callFunction, useFunctions} from '../../../test/support/call-function'
import {auditOfUser, linked, mirror, unlinked} from '../../../test/support/link'
import {signedByPeer, toldPeer} from '../../../test/support/peer'
import {createPurchase, later} from '../../../test/support/purchase'
import {createUser} from '../../../test/support/shop'
import {world} from '../../../test/support/world'
import {crossAppContext as context} from '../host'
import {answerLogin} from './answer-login'
import {requestAccountUnlink} from './request-account-unlink'
import {tellLogin} from './tell-login'

useFunctions()
beforeEach(() => {
  world.eventApi.behaviour = 'ok'
  world.eventApi.behaviourOf = {}
})

const DAY = 24 * 60 * 60_000

/** A user who has held a sign-in account for as long as given; null: since before that was noted. */
async function holder({
  provider = 'github' as 'github' | 'discord' | 'google',
  providerAccountId = randomUUID() as string,
  heldFor = (2 * DAY) as number | null,
  newUser = false,
  userId = undefined as string | undefined,
} = {}) {
  const id = userId ?? (await createUser()).id
  await context.db.account.create({data: {userId: id, provider, providerAccountId, type: 'oauth'}})
  if (heldFor !== null) {
    const attachedAt = new Date(Date.now() - heldFor)
    await context.db.providerAccountSeen.create({
      data: {provider, providerAccountId, userId: id, attachedAt, newUser},
    })
  }
  return {userId: id, provider, providerAccountId}
}

type Holder = Awaited<ReturnType<typeof holder>>
const signIn = (account: Omit<Holder, 'provider'> & {provider: string}) =>
  tellLogin(context, {...account, reason: 'signed-in'})
const toldOf = ({userId}: {userId: string}) => toldPeer('user/oauth-login', userId)

/** Someone on AI Hero signs in with the same account. */
function loginOnPeer(
  {providerAccountId, provider}: Pick<Holder, 'provider' | 'providerAccountId'>,
  at = new Date(),
) {
  return describeLogin({userId: 'ah-user', provider: provider as 'github', providerAccountId}, at).data
}

describe('a sign-in here', () => {
  it.each(['github', 'discord'] as const)(
    'with %s is told to AI Hero, by id alone and for ten minutes',
    async (provider) => {
      const account = await holder({provider})
      expect(await signIn(account)).toBe('told')
      const [login] = await toldOf(account)
      expect(login).toMatchObject({v: 1, ...account})
      expect(Date.parse(login!.expiresAt) - Date.parse(login!.at)).toBe(10 * 60_000)
      expect(JSON.stringify(login)).not.toContain('@')
    },
  )

  it('is told again at each sign-in, by its function', async () => {
    const account = await holder()
    const event = {name: 'user/signed-in', data: account}
    expect(await callFunction('emit-oauth-login', event)).toMatchObject({body: {told: ['told']}})
    await callFunction('emit-oauth-login', event)
    expect(await toldOf(account)).toHaveLength(2)
  })

  it('is not told of an account that the user does not hold, or not by exactly that id', async () => {
    const account = await holder({providerAccountId: `José-${randomUUID()}`})
    const stranger = await createUser()
    expect(await signIn({...account, userId: stranger.id})).toBe('not-held')
    const alike = account.providerAccountId.replace('José', 'jose')
    expect(await signIn({...account, providerAccountId: alike})).toBe('not-held')
    expect(await signIn({...account, provider: 'google'})).toBe('not-held')
    expect(await toldOf(account)).toEqual([])
  })

  it('is not told while the accounts are linked', async () => {
    const account = await holder()
    await mirror(linked(account.userId))
    expect(await signIn(account)).toBe('already-linked')
    expect(await toldOf(account)).toEqual([])
  })

  it.each([
    ['a person undid the link', 'undone-before', {by: 'user'}],
    ['a person said it was not them', 'undone-before', {by: 'not-me'}],
  ] as const)('is not told once %s, which is written down once', async (_, refusal, over) => {
    const account = await holder()
    await mirror(linked(account.userId))
    await mirror(unlinked(account.userId, over))
    expect([await signIn(account), await signIn(account)]).toEqual(['refused', 'refused'])
    expect(await toldOf(account)).toEqual([])
    expect(await auditOfUser(account.userId, 'link.refused')).toMatchObject([{data: {refusal}}])
  })

  it('is told again after AI Hero’s account was deleted: that was nobody’s wish (control)', async () => {
    const account = await holder()
    await mirror(linked(account.userId))
    await mirror(unlinked(account.userId, {by: 'account-deleted'}))
    expect(await signIn(account)).toBe('told')
  })

  it('is not told while an unlink is asked for', async () => {
    const account = await holder()
    const {userId} = account
    await mirror(linked(userId))
    await requestAccountUnlink(context, {userId, linkRevision: null, by: 'user', release: false})
    expect(await signIn(account)).toBe('refused')
    expect(await auditOfUser(userId, 'link.refused')).toMatchObject([{data: {refusal: 'still-unlinking'}}])
  })

  it.each([
    ['attached to an existing account less than a day ago', 'refused', {heldFor: DAY - 60_000}],
    ['attached to an existing account a day ago', 'told', {heldFor: DAY}],
    ['that made the account just now', 'told', {heldFor: 1_000, newUser: true}],
    ['attached before that was noted', 'told', {heldFor: null}],
  ] as const)('with an account %s is %s', async (_, outcome, over) => {
    const account = await holder(over)
    expect(await signIn(account)).toBe(outcome)
    expect(await toldOf(account)).toHaveLength(outcome === 'told' ? 1 : 0)
  })

  it('counts as just attached when the note is about somebody who had the account before', async () => {
    const account = await holder()
    await context.db.providerAccountSeen.updateMany({
      where: {providerAccountId: account.providerAccountId},
      data: {userId: 'somebody-else'},
    })
    expect(await signIn(account)).toBe('refused')
  })

  it('is tried again by its function while AI Hero is away', async () => {
    const account = await holder()
    world.eventApi.behaviourOf['ah-key'] = 'unavailable'
    const event = {name: 'user/signed-in', data: account}
    expect(await callFunction('emit-oauth-login', event)).toMatchObject({status: 500, final: false})
  })
})

describe('a purchase', () => {
  const bought = (purchaseId: string) =>
    callFunction('emit-oauth-login', {name: 'purchase/created', data: {purchaseId}})

  it('of an unlinked buyer who was signed in tells AI Hero of each sign-in account', async () => {
    const {purchaseId, userId} = await createPurchase()
    await holder({userId})
    await holder({userId, provider: 'discord'})
    await holder({userId, provider: 'google'})
    expect(await bought(purchaseId)).toMatchObject({body: {told: ['told', 'told', 'not-held']}})
    expect((await toldOf({userId})).map(({provider}) => provider).sort()).toEqual(['discord', 'github'])
  })

  it('of a linked buyer, or of a guest, tells nothing', async () => {
    const first = await createPurchase()
    await holder({userId: first.userId})
    await mirror(linked(first.userId))
    await bought(first.purchaseId)
    const guest = await createPurchase()
    await holder({userId: guest.userId})
    await context.db.purchaseOrigin.update({
      where: {purchaseId: guest.purchaseId},
      data: {provenUserId: null},
    })
    await bought(guest.purchaseId)
    expect([...(await toldOf(first)), ...(await toldOf(guest))]).toEqual([])
  })
})

describe('a sign-in on AI Hero', () => {
  it('is answered with a login of the user who holds the same account here', async () => {
    const account = await holder()
    const signed = await signedByPeer({name: 'user/oauth-login', data: loginOnPeer(account)})
    expect(await callFunction('check-oauth-autolink', signed)).toMatchObject({body: {told: 'told'}})
    expect(await toldOf(account)).toMatchObject([account])
  })

  it('is answered by nobody for an account that only looks alike, or that nobody holds', async () => {
    const account = await holder({providerAccountId: `José-${randomUUID()}`})
    const alike = account.providerAccountId.replace('José', 'jose')
    expect(await answerLogin(context, {login: loginOnPeer({...account, providerAccountId: alike})})).toBe(
      'nobody',
    )
    expect(await answerLogin(context, {login: loginOnPeer({...account, provider: 'discord'})})).toBe('nobody')
    expect(await toldOf(account)).toEqual([])
  })

  it('is not answered once it is older than ten minutes, which is written down', async () => {
    const account = await holder()
    const login = loginOnPeer(account, new Date(Date.now() - 10 * 60_000 - 1_000))
    expect(await answerLogin(context, {login})).toBe('refused')
    expect(await toldOf(account)).toEqual([])
    expect(await auditOfUser(account.userId, 'link.refused')).toMatchObject([
      {actor: 'ai-hero', data: {refusal: 'login-too-old'}},
    ])
  })

  it('is judged by its own times, not by a longer promise', async () => {
    const account = await holder()
    const login = {...loginOnPeer(account), expiresAt: new Date(Date.now() + DAY).toISOString()}
    expect(await answerLogin(later(11 * 60_000), {login})).toBe('refused')
    expect(await answerLogin(later(9 * 60_000), {login})).toBe('told')
  })

  it.each([
    ['linked', 'already-linked', {heldFor: DAY, before: [linked]}],
    ['unlinked by a person', 'refused', {heldFor: DAY, before: [linked, unlinked]}],
    ['the holder of a fresh account', 'refused', {heldFor: 1_000, before: []}],
  ])('is not answered for a user who is %s', async (_, outcome, {heldFor, before}) => {
    const account = await holder({heldFor})
    for (const tell of before) await mirror(tell(account.userId))
    expect(await answerLogin(context, {login: loginOnPeer(account)})).toBe(outcome)
    expect(await toldOf(account)).toEqual([])
  })
})
