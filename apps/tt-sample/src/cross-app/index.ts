/**
 * The way in for the app: what its pages, routes and commerce code may use of this folder. `ui/` is imported directly.
 */
export {
  type AlertPosition,
  type AlertView,
  countUnseenAlerts,
  type ListedAlerts,
  listAlerts,
} from './audit/list-alerts'
export {markAlertSeen} from './audit/mark-alert-seen'
export type {Press} from './audit/pressed-before'
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
export {renderLinkEmail} from './emails/render-link-email'
export {type MailContent, renderMail} from './emails/render-mail'
export {lockPurchase} from './facts/lock-purchase'
export {readPurchaseFacts} from './facts/read-purchase-facts'
export {crossAppFunctions} from './functions/all-functions'
export {crossAppContext} from './host'
export {inTransaction, retrying} from './in-transaction'
export {deleteLinkedUser} from './links/delete-linked-user'
export {endStrangersLink} from './links/end-strangers-link'
export {noteRefusedLink, type RefusedLink} from './links/note-refused-link'
export {readLinkView} from './links/read-link-view'
export {requestAccountUnlink} from './links/request-account-unlink'
export {sendUnlinkAfterCommit} from './links/send-unlink-after-commit'
export {startLink} from './links/start-link'
export {undoLink} from './links/undo-link'
export {EMAIL_VERIFIED} from './links/was-detached'
export {dispatchAfterCommit} from './outbox/dispatch-after-commit'
export {writeOutbox} from './outbox/write-outbox'
export {reconcileRoute} from './routes/reconcile-route'
export {timelineRoute} from './routes/timeline-route'
export {COUNT_LIMIT, countSyncs, type SyncCounts} from './syncs/count-syncs'
export {
  describeSyncs,
  describeUnknownCheckout,
  describeWaitingForPayment,
} from './syncs/describe-sync'
export {explainSyncs} from './syncs/explain-syncs'
export {findSyncIds} from './syncs/find-sync-ids'
export {listSyncViews} from './syncs/list-sync-views'
export {
  type ListSyncs,
  listSyncs,
  type SyncFilter,
  type SyncPosition,
  type SyncsAmong,
} from './syncs/list-syncs'
export {oldestOutstanding} from './syncs/oldest-outstanding'
export {type ReconcileReport, reconcileSyncs} from './syncs/reconcile-syncs'
export {recordPurchaseSyncs} from './syncs/record-purchase-syncs'
export {retrySync} from './syncs/retry-sync'
export {reviseSyncs} from './syncs/revise-syncs'
export {setHold} from './syncs/set-hold'
export {readCrossAppTimeline} from './timeline/read-timeline'
