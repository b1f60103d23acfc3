import Link from 'next/link'
import {appName} from './app-label'
import {Badge} from './badge'
import {DateTime} from './date-time'
import type {SyncListRow, SyncRowStatus} from './views'

/** The state of a sync, in the word it has in the database. */
export function SyncStatusBadge({status}: {status: SyncRowStatus}) {
  const tones = {pending: 'attention', synced: 'ready', failed: 'problem', revoked: 'plain'} as const
  return <Badge tone={tones[status]}>{status}</Badge>
}

/** One sync in the admin list: who, what, how far it has got, and what stopped it. */
export function SyncRow({row}: {row: SyncListRow}) {
  return (
    <li
      className="relative grid gap-x-6 gap-y-2 py-4 hover:bg-blue-wash md:grid-cols-[6rem_1.1fr_1fr_1.2fr] md:px-3"
      data-sync={row.syncId}
    >
      <p>
        <SyncStatusBadge status={row.status} />
      </p>
      <div className="min-w-0">
        <Link
          href={`/admin/syncs/${encodeURIComponent(row.purchaseId)}`}
          className="font-semibold [overflow-wrap:anywhere] underline-offset-4 after:absolute after:inset-0 hover:underline"
        >
          {row.email}
        </Link>
        <p className="font-mono text-xs text-ink-soft [overflow-wrap:anywhere]">{row.purchaseId}</p>
      </div>
      <div className="min-w-0 text-sm">
        <p>{row.targetProductTitle}</p>
        <p className="text-ink-soft">
          {appName(row.targetApp)}, from {row.productTitle}
        </p>
      </div>
      <SyncProgress row={row} />
      {row.lastError && (
        <p className="text-sm font-semibold text-problem [overflow-wrap:anywhere] md:col-span-3 md:col-start-2">
          {row.lastError}
        </p>
      )}
    </li>
  )
}

/** Desired state, revision and acknowledgement, attempts, and when it moves next. */
export function SyncProgress({row}: {row: SyncListRow}) {
  return (
    <div className="font-mono text-xs text-ink-soft">
      <p>
        wants <span className="text-ink">{row.desiredState}</span>, revision {row.revision}
        {row.ackedRevision === row.revision ? ' acknowledged' : `, acknowledged ${row.ackedRevision}`}
      </p>
      <p>
        {row.nextAttemptAt ? (
          <>
            next attempt <DateTime iso={row.nextAttemptAt} precise />
          </>
        ) : (
          'nothing due'
        )}
        {row.attempts > 0 && `, ${row.attempts === 1 ? '1 attempt' : `${row.attempts} attempts`} so far`}
      </p>
      <p>
        changed <DateTime iso={row.updatedAt} precise />
      </p>
    </div>
  )
}
