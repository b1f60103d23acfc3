import { describe, expect, it } from 'vitest'
import { memoryLinkStore } from '../testing/memory-link-store'
import { describeLink } from './describe-link'
import { linkAccounts } from './link-accounts'
import type { LinkRecord, UnlinkedBy } from './link-record'
import { mirrorLink } from './mirror-link'
import { buildUnlinkRequest, requestUnlink } from './request-unlink'
import { unlinkAccounts } from './unlink-accounts'

const NOW = new Date('2026-11-20T10:00:00.000Z')
const SELLER = 'seller-user'

function explicit(granterUserId = 'granter-user', tokenId = 'token') {
  return { granterUserId, now: NOW, explicit: { tokenId, sellerEmail: 's@x.test', granterEmail: 'g@x.test' } }
}

function automatic(granterUserId = 'granter-user') {
  return { granterUserId, now: NOW, automatic: { method: 'oauth-github' as const } }
}

function aWriter() {
  const { store } = memoryLinkStore({ ownsLinks: true })
  return {
    link: (input: Parameters<typeof linkAccounts>[1], seller = SELLER) =>
      store.withLink(seller, (held) => linkAccounts(held, input)),
    unlink: (input: Partial<Parameters<typeof unlinkAccounts>[1]> = {}) =>
      store.withLink(SELLER, (held) =>
        unlinkAccounts(held, { linkRevision: null, by: 'user', release: false, now: NOW, ...input }),
      ),
  }
}

async function aMirror() {
  const bench = memoryLinkStore({ ownsLinks: false })
  const tokenId = await bench.newToken(SELLER)
  const tokenExpiresAt = new Date(NOW.getTime() + 600_000)
  return {
    tokenId,
    told: (record: LinkRecord, input: { tokenExpiresAt?: Date | null; userExists?: boolean } = {}) => {
      const told = describeLink(record)
      if (told === null) throw new Error('There is nothing to tell.')
      return bench.store.withLink(SELLER, (held) =>
        mirrorLink(held, told, { tokenExpiresAt, userExists: true, now: NOW, ...input }),
      )
    },
    askToUnlink: (input: { linkRevision?: number | null; by?: UnlinkedBy; release?: boolean } = {}) =>
      bench.store.withLink(SELLER, (held) =>
        requestUnlink(held, { linkRevision: null, by: 'user', release: false, now: NOW, ...input }),
      ),
  }
}

describe('linkAccounts', () => {
  it('links, and says so again when the same pair links once more', async () => {
    const { link } = aWriter()
    expect(await link(explicit())).toMatchObject({ outcome: 'linked', record: { linkRevision: 1 } })
    expect(await link(explicit())).toMatchObject({ outcome: 'already-linked', record: { linkRevision: 1 } })
  })

  it('refuses a second account on either side', async () => {
    const { link } = aWriter()
    await link(explicit())
    await expect(link(explicit('another', 'token-2'))).rejects.toMatchObject({
      refusal: 'seller-linked-elsewhere',
    })
    await expect(link(explicit('granter-user', 'token-3'), 'another-seller')).rejects.toMatchObject({
      refusal: 'granter-linked-elsewhere',
    })
  })

  it('does not use up a token of a link that is refused', async () => {
    const { link } = aWriter()
    await link(explicit())
    await expect(link(explicit('granter-user', 'kept'), 'another-seller')).rejects.toThrow()
    expect(await link(explicit('free-user', 'kept'), 'another-seller')).toMatchObject({ outcome: 'linked' })
  })

  it('refuses a token that linked before, also after that link ended', async () => {
    const { link, unlink } = aWriter()
    await link(explicit())
    await unlink()
    await expect(link(explicit())).rejects.toMatchObject({ refusal: 'token-used' })
  })

  it.each(['user', 'not-me'] as const)('never restores by itself what ended by %s', async (by) => {
    const { link, unlink } = aWriter()
    await link(automatic())
    await unlink({ by })
    await expect(link(automatic())).rejects.toMatchObject({ refusal: 'undone-before' })
    expect(await link(explicit())).toMatchObject({ outcome: 'linked' })
  })

  it.each(['refused', 'account-deleted'] as const)('links by itself again what ended by %s', async (by) => {
    const { link, unlink } = aWriter()
    await link(automatic())
    await unlink({ by })
    expect(await link(automatic('new-account'))).toMatchObject({ outcome: 'linked' })
  })
})

describe('unlinkAccounts', () => {
  it('ends the live link and frees its claims only when asked to', async () => {
    const first = aWriter()
    await first.link(explicit())
    expect(await first.unlink()).toMatchObject({
      outcome: 'unlinked',
      record: { linkRevision: 2 },
      releaseClaimsOf: [],
    })
    const second = aWriter()
    await second.link(explicit())
    expect(await second.unlink({ release: true })).toMatchObject({ releaseClaimsOf: [1] })
  })

  it('leaves a newer link than the one that is meant, and frees what the meant one claimed', async () => {
    const { link, unlink } = aWriter()
    await link(explicit())
    await unlink()
    await link(explicit('granter-user', 'token-2'))
    expect(await unlink({ linkRevision: 1, by: 'not-me', release: true })).toMatchObject({
      outcome: 'unchanged',
      record: { linkRevision: 3 },
      releaseClaimsOf: [1],
    })
  })

  it('frees the claims of a link that ended before, once', async () => {
    const { link, unlink } = aWriter()
    await link(explicit())
    await unlink({ by: 'user' })
    const notMe = { linkRevision: 1, by: 'not-me' as const, release: true }
    expect(await unlink(notMe)).toMatchObject({
      outcome: 'released',
      record: { linkRevision: 3, link: { ended: { by: 'not-me', released: true } } },
      releaseClaimsOf: [1],
    })
    expect(await unlink(notMe)).toMatchObject({ outcome: 'unchanged', record: { linkRevision: 3 } })
  })

  it('ends what is live when the asker knows a revision that a restored database forgot, and answers above it', async () => {
    const live = aWriter()
    await live.link(explicit())
    expect(await live.unlink({ linkRevision: 5, release: true })).toMatchObject({
      outcome: 'unlinked',
      record: { linkRevision: 6, link: { ended: { released: true } } },
      releaseClaimsOf: [1, 5],
    })
    const ended = aWriter()
    await ended.link(explicit())
    await ended.unlink()
    expect(await ended.unlink({ linkRevision: 5 })).toMatchObject({ record: { linkRevision: 6 } })
  })

  it('answers that a link is over of which a restored database knows nothing', async () => {
    const asked = { linkRevision: 3, release: true, granterUserId: 'granter-user' }
    expect(await aWriter().unlink(asked)).toMatchObject({
      outcome: 'unchanged',
      record: { linkRevision: 4, link: { granterUserId: 'granter-user', ended: { released: true } } },
      releaseClaimsOf: [3],
    })
  })

  it('does nothing to an account that was never linked', async () => {
    expect(await aWriter().unlink({ release: true })).toMatchObject({
      outcome: 'unchanged',
      releaseClaimsOf: [],
    })
  })
})

describe('mirrorLink', () => {
  it('ends the same in whatever order link, unlink and the next link arrive', async () => {
    const writer = aWriter()
    const told: LinkRecord[] = []
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    told.push((await writer.link(automatic())).record)
    told.push((await writer.unlink({ by: 'account-deleted' })).record)
    told.push((await writer.link(automatic('new-account'))).record)
    for (const order of orders) {
      const mirror = await aMirror()
      let last: LinkRecord | undefined
      for (const index of [...order, ...order]) {
        const record = told[index]
        if (record !== undefined) last = (await mirror.told(record)).record
      }
      expect(last).toMatchObject({ linkRevision: 3, link: { granterUserId: 'new-account', ended: null } })
    }
  })

  it('accepts an explicit link by the token it issued, however late the news arrives', async () => {
    const mirror = await aMirror()
    const { record } = await aWriter().link(explicit('granter-user', mirror.tokenId))
    expect(await mirror.told(record)).toMatchObject({ outcome: 'mirrored', record: { unlinkRequest: null } })
  })

  it.each([
    ['whose token it never issued', { tokenExpiresAt: null }],
    ['made after its token had ended', { tokenExpiresAt: new Date(NOW.getTime() - 61_000) }],
    ['of a user who is gone', { userExists: false }],
  ])('asks at once to undo a link %s', async (_which, input) => {
    const mirror = await aMirror()
    const { record } = await aWriter().link(explicit('granter-user', mirror.tokenId))
    expect(await mirror.told(record, input)).toMatchObject({
      outcome: 'refused',
      record: { linkRevision: 1, unlinkRequest: { linkRevision: 1, by: 'refused', release: true } },
    })
  })

  it('accepts a minute between the two clocks', async () => {
    const mirror = await aMirror()
    const { record } = await aWriter().link(explicit('granter-user', mirror.tokenId))
    const tokenExpiresAt = new Date(NOW.getTime() - 59_000)
    expect(await mirror.told(record, { tokenExpiresAt })).toMatchObject({ outcome: 'mirrored' })
  })

  it('asks again, by its new name, for the end of a link that was made while an unlink was asked for', async () => {
    const writer = aWriter()
    const mirror = await aMirror()
    await mirror.told((await writer.link(automatic())).record)
    await mirror.askToUnlink()
    await writer.unlink({ by: 'account-deleted' })
    const { record } = await mirror.told((await writer.link(automatic('new-account'))).record)
    expect(buildUnlinkRequest(record)).toMatchObject({
      name: 'account/unlink-requested',
      data: { linkRevision: 3, userId: 'new-account', linkedUserId: SELLER, release: false },
    })
  })

  it('keeps asking for a release until it is confirmed', async () => {
    const writer = aWriter()
    const mirror = await aMirror()
    await mirror.told((await writer.link(automatic())).record)
    await mirror.askToUnlink({ by: 'not-me', release: true })
    const ended = await mirror.told((await writer.unlink()).record)
    expect(ended.record.unlinkRequest).toMatchObject({ linkRevision: 1, release: true })
    const released = await writer.unlink({ linkRevision: 1, by: 'not-me', release: true })
    expect((await mirror.told(released.record)).record.unlinkRequest).toBeNull()
  })
})

describe('requestUnlink', () => {
  it('asks once for the live link, and again only to free more', async () => {
    const mirror = await aMirror()
    await mirror.told((await aWriter().link(automatic())).record)
    expect(await mirror.askToUnlink()).toMatchObject({ outcome: 'requested' })
    expect(await mirror.askToUnlink()).toMatchObject({ outcome: 'already-requested' })
    expect(await mirror.askToUnlink({ by: 'not-me', release: true })).toMatchObject({ outcome: 'requested' })
  })

  it('has nothing to end without a link, or for a link that a newer one followed', async () => {
    const mirror = await aMirror()
    expect(await mirror.askToUnlink()).toMatchObject({ outcome: 'nothing-to-end' })
    const writer = aWriter()
    await writer.link(automatic())
    await writer.unlink({ by: 'account-deleted' })
    await mirror.told((await writer.link(automatic())).record)
    expect(await mirror.askToUnlink({ linkRevision: 1, by: 'not-me', release: true })).toMatchObject({
      outcome: 'nothing-to-end',
    })
  })

  it('asks to free what an ended link claimed', async () => {
    const mirror = await aMirror()
    const writer = aWriter()
    await writer.link(automatic())
    await mirror.told((await writer.unlink()).record)
    expect(await mirror.askToUnlink({ linkRevision: 1, by: 'not-me', release: true })).toMatchObject({
      outcome: 'requested',
      record: { unlinkRequest: { linkRevision: 1, release: true } },
    })
  })
})
