import type {DatabaseContext} from '../context'
import {inTransaction} from '../in-transaction'
import {reviseSyncs} from './revise-syncs'

/**
 * Brings every purchase of a user up to date after a fact about the user changed (the address was confirmed).
 *
 * @returns ids of the purchases that have a new revision to send
 */
export async function revisePurchasesOfUser(
  context: DatabaseContext,
  {userId, actor}: {userId: string; actor: string},
): Promise<string[]> {
  const purchases = await context.db.purchase.findMany({where: {userId}, select: {id: true}})
  const revised: string[] = []
  for (const {id} of purchases) {
    const syncs = await inTransaction(context, (tx) =>
      reviseSyncs({tx, clock: context.clock}, {purchaseId: id, actor}),
    )
    if (syncs.length > 0) revised.push(id)
  }
  return revised
}
