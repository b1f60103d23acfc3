import type {CrossAppContext} from '../context'
import {inTransaction} from '../in-transaction'
import {reviseSyncs} from './revise-syncs'

/**
 * Lets a frozen sync go on: reads its purchase's refunds and disputes anew from the payment provider, computes what it
 * entitles to, and makes that a revision above the one AI Hero has seen (design: restores).
 *
 * @returns whether a new revision was made
 * @throws when the provider can't be asked: the sync stays frozen, and the next sweep tries again
 */
export async function thawSync(
  context: CrossAppContext,
  input: {syncId: string; purchaseId: string},
): Promise<boolean> {
  await context.refreshFacts(input.purchaseId)
  const revised = await inTransaction(context, (tx) =>
    reviseSyncs(
      {tx, clock: context.clock},
      {purchaseId: input.purchaseId, actor: 'system', thaw: {syncId: input.syncId}},
    ),
  )
  return revised.indexOf(input.syncId) !== -1
}
