import type {DatabaseContext, TransactionContext} from '../context'
import {inTransaction} from '../in-transaction'
import {type AuditEntry, recordAudit} from './record-audit'

/** An alert is an audit row with an `alert.` action, shown in admin, and an error line in the log. */
export type Alert = Omit<AuditEntry, 'action'> & {action: `alert.${string}`}

/** Raises an alert outside of any change, such as for an event that was not applied. */
export async function raiseAlert(context: DatabaseContext, alert: Alert): Promise<void> {
  await inTransaction(context, (tx) => raiseAlertWithin({...context, tx}, alert))
}

/** Raises an alert together with the change that caused it. */
export async function raiseAlertWithin(
  context: TransactionContext & Pick<DatabaseContext, 'log'>,
  alert: Alert,
): Promise<void> {
  await recordAudit(context, alert)
  context.log.error(alert.action, {purchaseId: alert.purchaseId, subject: alert.subject, ...alert.data})
}
