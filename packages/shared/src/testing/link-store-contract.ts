import { canonicalJson } from '../bridge/canonical-json'
import { linkAccounts } from '../links/link-accounts'
import type { LinkRecord } from '../links/link-record'
import { isLinkRefused } from '../links/link-refused-error'
import type { HeldLink, LinkStore } from '../links/link-store'
import { requestUnlink } from '../links/request-unlink'
import { unlinkAccounts } from '../links/unlink-accounts'

/** A store to be tried, and what a test needs beside it. */
export type LinkStoreBench = {
  store: LinkStore<unknown>
  /** A seller's user that no test has used; the prefix makes two ids differ only in what is under test. */
  newSellerUser(id?: string): Promise<string>
  newGranterUser(): Promise<string>
  /** A token that this side accepts once for this seller's user. */
  newToken(sellerUserId: string): Promise<string>
}

export type LinkStorePromise = { promise: string; keep(bench: LinkStoreBench): Promise<void> }

/**
 * What a `LinkStore` promises, as named checks: run each with `it.each`. They throw when the promise is broken, and
 * need no test runner of their own.
 *
 * @param ownsLinks the store of the app that writes links; otherwise the seller's mirror, which also keeps its requests
 */
export function linkStoreContract({ ownsLinks }: { ownsLinks: boolean }): LinkStorePromise[] {
  return [...forBoth, ...(ownsLinks ? forTheWriter : forTheMirror)]
}

const NOW = new Date('2026-11-20T10:00:00.123Z')

const forBoth: LinkStorePromise[] = [
  {
    promise: 'starts with a record that was never linked',
    async keep({ store, newSellerUser }) {
      const sellerUserId = await newSellerUser()
      expectEqual(await read(store, sellerUserId), {
        sellerUserId,
        linkRevision: 0,
        link: null,
        unlinkRequest: null,
      })
    },
  },
  {
    promise: 'gives back what was saved: a live link, its end, its release, and the next link',
    async keep(bench) {
      const { store, newSellerUser } = bench
      const sellerUserId = await newSellerUser()
      const linked = await link(bench, sellerUserId, await bench.newGranterUser())
      expectEqual(await read(store, sellerUserId), linked)
      const steps = [
        { linkRevision: 1, by: 'user' as const, release: false, now: NOW },
        { linkRevision: 1, by: 'not-me' as const, release: true, now: NOW },
      ]
      for (const step of steps) {
        const { record } = await store.withLink(sellerUserId, (held) => unlinkAccounts(held, step))
        expectEqual(await read(store, sellerUserId), record)
      }
      const again = await link(bench, sellerUserId, await bench.newGranterUser())
      expectEqual(again.linkRevision, 4)
      expectEqual(await read(store, sellerUserId), again)
    },
  },
  {
    promise: 'keeps apart ids that look alike to a text collation',
    async keep(bench) {
      const { store, newSellerUser } = bench
      const base = crypto.randomUUID().slice(0, 8)
      const accented = await newSellerUser(`${base}-\u00e9`)
      const plain = await newSellerUser(`${base}-e`)
      const capital = await newSellerUser(`${base}-E`)
      await link(bench, accented, await bench.newGranterUser())
      expectEqual((await read(store, plain)).linkRevision, 0)
      expectEqual((await read(store, capital)).linkRevision, 0)
      expectEqual((await read(store, accented)).linkRevision, 1)
    },
  },
  {
    promise: 'writes nothing when the work throws, the use of a token included',
    async keep(bench) {
      const { store, newSellerUser, newGranterUser, newToken } = bench
      const sellerUserId = await newSellerUser()
      const tokenId = await newToken(sellerUserId)
      const granterUserId = await newGranterUser()
      const failed = await outcomeOf(
        store.withLink(sellerUserId, async (held) => {
          await linkAccounts(held, explicit(granterUserId, tokenId))
          throw new Error('the work failed')
        }),
      )
      expectEqual(failed, 'the work failed')
      expectEqual((await read(store, sellerUserId)).linkRevision, 0)
      const spent = await store.withLink(sellerUserId, (held) => held.spendToken({ tokenId, granterUserId }))
      expectEqual(spent, 'first')
    },
  },
  {
    promise: 'lets a token be used once',
    async keep({ store, newSellerUser, newGranterUser, newToken }) {
      const sellerUserId = await newSellerUser()
      const tokenId = await newToken(sellerUserId)
      const granterUserId = await newGranterUser()
      const spend = () => store.withLink(sellerUserId, (held) => held.spendToken({ tokenId, granterUserId }))
      expectEqual(await spend(), 'first')
      expectEqual(await spend(), 'again')
    },
  },
  {
    promise: 'lets one of many that use the same token at once be the first',
    async keep({ store, newSellerUser, newGranterUser, newToken }) {
      const sellerUserId = await newSellerUser()
      const tokenId = await newToken(sellerUserId)
      const granterUserId = await newGranterUser()
      const spent = await Promise.all(
        [1, 2, 3, 4].map(() =>
          store.withLink(sellerUserId, (held) => held.spendToken({ tokenId, granterUserId })),
        ),
      )
      expectEqual(spent.filter((each) => each === 'first').length, 1)
    },
  },
  {
    promise: 'runs one after another what concerns one seller’s user',
    async keep(bench) {
      const { store, newSellerUser, newGranterUser } = bench
      const sellerUserId = await newSellerUser()
      const granterUserIds = await Promise.all([1, 2, 3, 4].map(() => newGranterUser()))
      const outcomes = await Promise.all(
        granterUserIds.map((granterUserId) =>
          outcomeOf(
            store.withLink(sellerUserId, async (held) => {
              const linked = await linkAccounts(held, automatic(granterUserId))
              return linked.outcome
            }),
          ),
        ),
      )
      expectEqual(outcomes.filter((each) => each === 'linked').length, 1)
      expectEqual(outcomes.filter((each) => each === 'seller-linked-elsewhere').length, 3)
      expectEqual((await read(store, sellerUserId)).linkRevision, 1)
    },
  },
]

const forTheWriter: LinkStorePromise[] = [
  {
    promise: 'gives a granter’s user one live link, however many try at once',
    async keep(bench) {
      const { store, newSellerUser, newGranterUser } = bench
      const granterUserId = await newGranterUser()
      const sellerUserIds = await Promise.all([1, 2, 3, 4].map(() => newSellerUser()))
      const outcomes = await Promise.all(
        sellerUserIds.map((sellerUserId) =>
          outcomeOf(
            store.withLink(sellerUserId, async (held) => {
              const linked = await linkAccounts(held, automatic(granterUserId))
              return linked.outcome
            }),
          ),
        ),
      )
      expectEqual(outcomes.filter((each) => each === 'linked').length, 1)
      expectEqual(outcomes.filter((each) => each === 'granter-linked-elsewhere').length, 3)
    },
  },
  {
    promise: 'lets a granter’s user be linked again after the link ended',
    async keep(bench) {
      const { store, newSellerUser, newGranterUser } = bench
      const granterUserId = await newGranterUser()
      const first = await newSellerUser()
      await link(bench, first, granterUserId)
      await store.withLink(first, (held) =>
        unlinkAccounts(held, { linkRevision: null, by: 'user', release: false, now: NOW }),
      )
      expectEqual((await link(bench, await newSellerUser(), granterUserId)).linkRevision, 1)
    },
  },
]

const forTheMirror: LinkStorePromise[] = [
  {
    promise: 'does not know a token that was made for someone else',
    async keep({ store, newSellerUser, newGranterUser, newToken }) {
      const tokenId = await newToken(await newSellerUser())
      const sellerUserId = await newSellerUser()
      const granterUserId = await newGranterUser()
      const spend = (held: HeldLink<unknown>) => held.spendToken({ tokenId, granterUserId })
      expectEqual(await store.withLink(sellerUserId, spend), 'unknown')
    },
  },
  {
    promise: 'keeps a request to unlink until it is taken away',
    async keep(bench) {
      const { store, newSellerUser } = bench
      const sellerUserId = await newSellerUser()
      await link(bench, sellerUserId, await bench.newGranterUser())
      const ask = { linkRevision: 1, by: 'not-me' as const, release: true, now: NOW }
      const { record } = await store.withLink(sellerUserId, (held) => requestUnlink(held, ask))
      expectEqual(record.unlinkRequest?.release, true)
      expectEqual(await read(store, sellerUserId), record)
      const without = { ...record, unlinkRequest: null }
      await store.withLink(sellerUserId, (held) => held.save(without))
      expectEqual(await read(store, sellerUserId), without)
    },
  },
]

function read(store: LinkStore<unknown>, sellerUserId: string): Promise<LinkRecord> {
  return store.withLink(sellerUserId, async (held) => held.record)
}

/** As the explicit flow leaves it; addresses as far as both sides keep them. */
async function link(
  { store, newToken }: LinkStoreBench,
  sellerUserId: string,
  granterUserId: string,
): Promise<LinkRecord> {
  const tokenId = await newToken(sellerUserId)
  const { record } = await store.withLink(sellerUserId, (held) =>
    linkAccounts(held, explicit(granterUserId, tokenId)),
  )
  // The mirror has no use for the address of its own user.
  const stored = await read(store, sellerUserId)
  const sellerEmail = stored.link?.sellerEmail ?? null
  return record.link === null ? record : { ...record, link: { ...record.link, sellerEmail } }
}

function explicit(granterUserId: string, tokenId: string) {
  const addresses = { sellerEmail: 'seller@example.com', granterEmail: 'granter@example.com' }
  return { granterUserId, now: NOW, explicit: { tokenId, ...addresses } }
}

function automatic(granterUserId: string) {
  return { granterUserId, now: NOW, automatic: { method: 'oauth-github' as const } }
}

async function outcomeOf(work: Promise<string>): Promise<string> {
  try {
    return await work
  } catch (error) {
    if (isLinkRefused(error)) return error.refusal
    return error instanceof Error ? error.message : String(error)
  }
}

function expectEqual(actual: unknown, expected: unknown): void {
  const [got, wanted] = [canonicalJson(actual), canonicalJson(expected)]
  if (got !== wanted) throw new Error(`The store broke its promise.\n  expected ${wanted}\n  got      ${got}`)
}
