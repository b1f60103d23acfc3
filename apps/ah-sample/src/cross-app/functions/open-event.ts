import { type CrossAppEventName, isCrossAppError, type VerifiedEvent } from '@cross-app/shared'
import { NonRetriableError } from 'inngest'
import { postponeEvent, rejectEvent } from '../audit/reject-event'
import { bridge, context } from '../host'

/** How the error of a rejected event begins. A failed run hands on its message, not always its error's class. */
export const REJECTED = 'Rejected: '

/**
 * Verifies an event before anything else is done with it. Nothing of the readable copy is used, and nothing is written
 * for an event that is not genuine but the record of its rejection.
 *
 * @throws NonRetriableError when it is forged, altered, or not for this app; a retryable error when it is signed with a
 * key that may still arrive (secret rotation)
 */
export async function openEvent<Name extends CrossAppEventName>(
	name: Name,
	event: { id?: string | undefined; data?: unknown },
	attempt: number,
): Promise<VerifiedEvent<Name>> {
	try {
		return await bridge.open({ name, id: event.id, data: event.data })
	} catch (reason) {
		if (!isCrossAppError(reason)) throw reason
		const unverified = { name, eventId: event.id ?? null, reason }
		if (reason.retryable) {
			if (attempt === 0) await postponeEvent(context, unverified)
			throw reason
		}
		await rejectEvent(context, unverified)
		throw new NonRetriableError(`${REJECTED}${reason.message}`, { cause: reason })
	}
}
