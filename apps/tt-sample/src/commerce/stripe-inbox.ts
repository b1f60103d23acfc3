import type {Database, TransactionContext} from '../cross-app'

/** The Stripe event that brought something, for the inbox. */
export interface StripeEventReceipt {
  id: string
  type: string
  objectId: string
  createdAt: Date
}

/**
 * `recorded`: done. `waiting`: a payment is still under way; its own event follows. `held`: kept for a person. What is
 * not done is looked at again when Stripe delivers it again: the other event may have been lost.
 */
export type StripeEventOutcome = 'recorded' | 'waiting' | 'held'

/** Writes the event into the inbox, in the transaction that does its work. */
export async function receiveStripeEvent(
  {tx, clock}: TransactionContext,
  event: StripeEventReceipt | null,
  outcome: StripeEventOutcome,
): Promise<void> {
  if (event === null) return
  await tx.stripeEvent.createMany({
    data: [{...event, outcome, receivedAt: clock.now()}],
    skipDuplicates: true,
  })
  await tx.stripeEvent.updateMany({where: {id: event.id, outcome: {not: 'recorded'}}, data: {outcome}})
}

/** Whether the event's work was done by an earlier delivery. Only saves work: doing it again changes nothing. */
export async function isStripeEventDone(db: Database, eventId: string): Promise<boolean> {
  const row = await db.stripeEvent.findUnique({where: {id: eventId}})
  return row !== null && row.outcome === 'recorded'
}
