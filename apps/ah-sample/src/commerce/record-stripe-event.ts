import { isUniqueViolation } from '@/db/errors'
import type { Executor } from '@/db/executor'
import { stripeEvents } from '@/db/schema'

/** This Stripe event's work is done: it is undone here and answered as a success. */
export class RepeatedEventError extends Error {
	constructor(eventId: string) {
		super(`The Stripe event ${eventId} was worked off before.`)
		this.name = 'RepeatedEventError'
	}
}

/**
 * Puts a Stripe event into the inbox, in the transaction that does its work: of two deliveries, the second waits for
 * the first and then finds it done.
 *
 * @throws RepeatedEventError
 */
export async function recordStripeEvent(tx: Executor, event: { id: string; type: string }): Promise<void> {
	try {
		await tx.insert(stripeEvents).values({ id: event.id, type: event.type })
	} catch (error) {
		if (isUniqueViolation(error)) throw new RepeatedEventError(event.id)
		throw error
	}
}
