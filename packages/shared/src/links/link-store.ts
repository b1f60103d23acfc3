import type { LinkRecord } from './link-record'

/**
 * Where a side keeps its links. `testing/link-store-contract` says what an implementation promises; both apps' stores
 * are run against it.
 */
export type LinkStore<Tx> = {
  /**
   * Runs `work` in one transaction that holds the lock on this seller's user, whose row is made if there is none. All
   * that `work` writes through the given `tx` is committed with it, or nothing is when it throws. It may be run again
   * after a lost deadlock.
   */
  withLink<Result>(sellerUserId: string, work: (held: HeldLink<Tx>) => Promise<Result>): Promise<Result>
}

export type HeldLink<Tx> = {
  tx: Tx
  /** As it was when the lock was taken. */
  record: LinkRecord
  /**
   * @throws LinkRefusedError `granter-linked-elsewhere` on the side that writes links, when the granter's user has a
   * live link to another seller's user: the database refuses it, however many try at once
   */
  save(next: LinkRecord): Promise<void>
  /**
   * Uses up a link token. `first`: it is ours and was unused; `again`: it was used before; `unknown`: this side should
   * know the token, for this seller's user, and does not.
   */
  spendToken(token: { tokenId: string; granterUserId: string }): Promise<'first' | 'again' | 'unknown'>
}
