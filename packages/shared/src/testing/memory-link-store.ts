import { type LinkRecord, liveLink, unlinkedRecord } from '../links/link-record'
import { LinkRefusedError } from '../links/link-refused-error'
import type { LinkStore } from '../links/link-store'
import type { LinkStoreBench } from './link-store-contract'

/** Ways in which a store can be wrong: each has to break a promise of the contract. */
export type StoreFault =
  | 'no-lock'
  | 'no-rollback'
  | 'text-collation'
  | 'many-links'
  | 'tokens-again'
  | 'any-token'

type State = { records: Record<string, LinkRecord>; spent: Record<string, true> }

/** A link store in memory, for the verbs' own tests and, with a fault, as the contract's control. */
export function memoryLinkStore(options: { ownsLinks: boolean; fault?: StoreFault }): LinkStoreBench & {
  store: LinkStore<undefined>
  records: () => Record<string, LinkRecord>
} {
  const { ownsLinks, fault } = options
  let state: State = { records: {}, spent: {} }
  const issued: Record<string, string> = {}
  let queue: Promise<unknown> = Promise.resolve()
  const keyOf = (id: string) =>
    fault === 'text-collation'
      ? id
          .normalize('NFD')
          .replace(/[^\w-]/g, '')
          .toLowerCase()
      : id

  async function run<Result>(
    sellerUserId: string,
    work: Parameters<LinkStore<undefined>['withLink']>[1],
  ): Promise<Result> {
    const before: State = { records: { ...state.records }, spent: { ...state.spent } }
    const key = keyOf(sellerUserId)
    const record = state.records[key] ?? unlinkedRecord(sellerUserId)
    // As a database would: what was read is old by the time it is used, unless a lock keeps it.
    await Promise.resolve()
    try {
      const result = await work({
        tx: undefined,
        record: { ...record, sellerUserId },
        async save(next) {
          const live = liveLink(next)
          const taken = Object.values(state.records).some(
            (other) =>
              other.sellerUserId !== sellerUserId &&
              live !== null &&
              liveLink(other)?.granterUserId === live.granterUserId,
          )
          if (ownsLinks && taken && fault !== 'many-links') {
            throw new LinkRefusedError('granter-linked-elsewhere')
          }
          state.records[key] = next
        },
        async spendToken({ tokenId }) {
          if (!ownsLinks && issued[tokenId] !== sellerUserId && fault !== 'any-token') return 'unknown'
          if (state.spent[tokenId] && fault !== 'tokens-again') return 'again'
          state.spent[tokenId] = true
          return 'first'
        },
      })
      return result as Result
    } catch (error) {
      if (fault !== 'no-rollback') state = before
      throw error
    }
  }

  return {
    store: {
      withLink(sellerUserId, work) {
        if (fault === 'no-lock') return run(sellerUserId, work)
        const turn = queue.then(() => run(sellerUserId, work))
        queue = turn.catch(() => undefined)
        return turn as ReturnType<typeof work>
      },
    },
    records: () => state.records,
    newSellerUser: async (id) => id ?? crypto.randomUUID(),
    newGranterUser: async () => crypto.randomUUID(),
    async newToken(sellerUserId) {
      const tokenId = crypto.randomUUID()
      issued[tokenId] = sellerUserId
      return tokenId
    },
  }
}
