import {type CrossAppEventName, isCrossAppError, stableId, type VerifiedEvent} from '@cross-app/shared'
import {NonRetriableError} from 'inngest'
import {raiseAlertWithin} from '../audit/raise-alert'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext} from '../context'
import {inTransaction} from '../in-transaction'

/** How the error of a rejected event begins. A failed run hands on its message, not its error's class. */
export const REJECTED = 'Rejected: '

/**
 * The first line of every handler of an event from the other app: whoever has the event key can publish, so only the
 * proof counts. What is refused for good is audited and not tried again; a key that this app doesn't have yet is
 * (a secret rotation is under way).
 *
 * @returns the event as the peer signed it
 * @throws NonRetriableError for a forged or invalid event, UnknownKeyError for one signed with an unknown key
 */
export async function openEvent<Name extends CrossAppEventName>(
  context: CrossAppContext,
  name: Name,
  event: {id?: string | undefined; data: unknown},
): Promise<VerifiedEvent<Name>> {
  try {
    return await context.bridge.open({name, id: event.id, data: event.data})
  } catch (error) {
    if (!isCrossAppError(error)) throw error
    await noteRejected(context, name, event, error)
    if (error.retryable) throw error
    throw new NonRetriableError(`${REJECTED}${error.message}`, {cause: error})
  }
}

/** One row per event, and one alert per kind of rejection and day: a flood must not drown the first. */
async function noteRejected(
  context: CrossAppContext,
  name: CrossAppEventName,
  event: {id?: string | undefined; data: unknown},
  error: {code: string; message: string},
): Promise<void> {
  const subject = event.id ?? (await stableId('rejected', name, JSON.stringify(event.data) ?? ''))
  const entry = {
    actor: 'unknown',
    purchaseId: null,
    // Whoever made the event chose this id.
    subject: subject.slice(0, 191),
    data: {event: name, code: error.code, error: error.message},
  }
  await inTransaction(context, async (tx) => {
    const within = {...context, tx}
    await recordAudit(within, {...entry, action: 'event.rejected', once: [name, subject, error.code]})
    await raiseAlertWithin(within, {
      ...entry,
      action: 'alert.event-rejected',
      once: [name, error.code, context.clock.now().toISOString().slice(0, 10)],
    })
  })
}
