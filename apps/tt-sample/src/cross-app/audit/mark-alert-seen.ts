import {NotFoundError} from '@cross-app/shared'
import type {DatabaseContext} from '../context'
import {inTransaction} from '../in-transaction'
import {recordAudit} from './record-audit'

/** The trail is append-only: that an alert was seen is a row of its own, about the alert's row. */
export const ALERT_SEEN = 'support.alert-seen'

/**
 * Notes that somebody has looked at an alert. The first one counts; a second press, or a second supporter, changes
 * nothing.
 *
 * @throws NotFoundError when there is no such alert
 */
export async function markAlertSeen(
  context: DatabaseContext,
  {alertId, actor}: {alertId: string; actor: string},
): Promise<void> {
  const alert = await context.db.auditEvent.findUnique({where: {id: alertId}})
  if (alert === null || alert.action.indexOf('alert.') !== 0) {
    throw new NotFoundError(`There is no alert ${alertId}.`)
  }
  await inTransaction(context, (tx) =>
    recordAudit(
      {...context, tx},
      {
        actor,
        action: ALERT_SEEN,
        purchaseId: alert.purchaseId,
        subject: alert.id,
        data: {alert: alert.action},
        once: [alert.id],
      },
    ),
  )
}
