/**
 * The way in for the app: what its pages, routes and commerce code may use of this folder. `ui/` is imported directly.
 */
export {raiseAlert, raiseAlertWithin} from './audit/raise-alert'
export {type AuditData, type AuditEntry, recordAudit} from './audit/record-audit'
export type {
  CrossAppContext,
  Database,
  DatabaseContext,
  QueuedEmail,
  Transaction,
  TransactionContext,
} from './context'
export {lockPurchase} from './facts/lock-purchase'
export {readPurchaseFacts} from './facts/read-purchase-facts'
export {crossAppFunctions} from './functions/all-functions'
export {crossAppContext} from './host'
export {inTransaction, retrying} from './in-transaction'
export {dispatchAfterCommit} from './outbox/dispatch-after-commit'
export {writeOutbox} from './outbox/write-outbox'
export {reconcileRoute} from './routes/reconcile-route'
export {timelineRoute} from './routes/timeline-route'
export {
  describeSyncs,
  describeUnknownCheckout,
  describeWaitingForPayment,
} from './syncs/describe-sync'
export {listSyncViews} from './syncs/list-sync-views'
export {listSyncs, type SyncFilter} from './syncs/list-syncs'
export {oldestOutstanding} from './syncs/oldest-outstanding'
export {type ReconcileReport, reconcileSyncs} from './syncs/reconcile-syncs'
export {recordPurchaseSyncs} from './syncs/record-purchase-syncs'
export {reviseSyncs} from './syncs/revise-syncs'
export {readCrossAppTimeline} from './timeline/read-purchase-timeline'
