import Stripe from 'stripe'
import {type CrossAppContext, type Press, retrySync, setHold} from '../cross-app'

export const SYNC_ACTIONS = ['retry', 'hold', 'release'] as const
export type SyncAction = (typeof SYNC_ACTIONS)[number]

/** Shorter than this says nothing to whoever reads it in a year. */
export const MIN_REASON = 3
export const MAX_REASON = 500

export type SyncActionOutcome =
  /** Done, now or by an earlier press of the same button. `sent` false: AI Hero was away, and it goes out by itself. */
  | {outcome: 'done'; sent: boolean}
  /** The sync is not what the supporter was looking at: nothing was done. */
  | {outcome: 'moved-on'}
  /** Stripe had to be asked first, and could not be. */
  | {outcome: 'facts-unreadable'}

/**
 * What support's three buttons do. The reason is kept with the actor in the audit trail.
 *
 * @throws NotFoundError when there is no such sync
 */
export async function actOnSync(
  context: CrossAppContext,
  input: {syncId: string; action: SyncAction; reason: string; userId: string; press: Press},
): Promise<SyncActionOutcome> {
  const {syncId, action, reason, press} = input
  const actor = `user:${input.userId}`
  if (action === 'retry') {
    try {
      return describe(await retrySync(context, {syncId, actor, reason, press}))
    } catch (error) {
      // Only a frozen sync asks Stripe; the sweep does too, every minute.
      if (!(error instanceof Stripe.errors.StripeError)) throw error
      context.log.warn('admin.retry-failed', {syncId, error})
      return {outcome: 'facts-unreadable'}
    }
  }
  return describe(
    await setHold(context, {
      syncId,
      actor,
      press,
      reason: action === 'hold' ? reason : null,
      ...(action === 'release' ? {releaseReason: reason} : {}),
    }),
  )
}

function describe({outcome, sent}: {outcome: string; sent: string}): SyncActionOutcome {
  return outcome === 'moved-on' ? {outcome} : {outcome: 'done', sent: sent !== 'not-sent'}
}
