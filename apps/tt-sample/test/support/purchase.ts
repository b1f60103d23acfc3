import {fetchCheckout} from '../../src/commerce/fetch-checkout'
import {recordCheckout} from '../../src/commerce/record-checkout'
import type {CrossAppContext} from '../../src/cross-app'
import {hostContext} from '../../src/server/host-context'
import {type Bought, buy, createBundle, createUser, type Shop} from './shop'

export interface RecordedPurchase {
  shop: Shop
  bought: Bought
  purchaseId: string
  userId: string
}

/** A purchase of a signed-in user, recorded and not yet sent. */
export async function createPurchase({targets = 1}: {targets?: number} = {}): Promise<RecordedPurchase> {
  const shop = await createBundle({targets})
  const user = await createUser()
  const bought = await buy(shop, {userId: user.id})
  const checkout = await fetchCheckout(hostContext.stripe, bought.sessionId)
  const recorded = await recordCheckout(hostContext, {checkout, event: null})
  if (recorded.outcome !== 'recorded') throw new Error(`The purchase was not recorded: ${recorded.outcome}`)
  return {shop, bought, purchaseId: recorded.purchaseId, userId: user.id}
}

/** The app's own context, some milliseconds later. */
export function later(milliseconds: number): CrossAppContext {
  return {...hostContext.crossApp, clock: {now: () => new Date(Date.now() + milliseconds)}}
}

export function syncsOf(purchaseId: string) {
  return hostContext.db.crossAppSync.findMany({where: {purchaseId}, orderBy: {targetProductId: 'asc'}})
}

export async function oneSyncOf(purchaseId: string) {
  const [sync] = await syncsOf(purchaseId)
  if (sync === undefined) throw new Error(`Purchase ${purchaseId} has no sync.`)
  return sync
}

export function auditOf(purchaseId: string, action: string) {
  return hostContext.db.auditEvent.findMany({where: {purchaseId, action}})
}
