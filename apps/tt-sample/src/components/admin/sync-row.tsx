import Link from 'next/link'
import type {SyncExplanation} from '../../cross-app/ui/sync-explanation'
import {appName} from '../app-label'
import {Badge} from '../badge'
import {DateTime} from '../date-time'
import type {SyncListRow} from './views'

const tones = {fine: 'ready', waiting: 'attention', problem: 'problem', closed: 'plain'} as const

/** How a sync stands, in a few words. */
export function SyncBadge({explanation}: {explanation: SyncExplanation}) {
  return <Badge tone={tones[explanation.tone]}>{explanation.label}</Badge>
}

/** One sync in a list: who, what, how it stands, and since when. */
export function SyncRow({row}: {row: SyncListRow}) {
  return (
    <li
      className="relative grid gap-x-6 gap-y-2 py-4 hover:bg-blue-wash md:grid-cols-[1.2fr_1fr_1.1fr] md:px-3"
      data-sync={row.syncId}
      data-status={row.status}
    >
      <div className="min-w-0">
        <Link
          href={`/admin/syncs/${encodeURIComponent(row.purchaseId)}`}
          className="font-semibold [overflow-wrap:anywhere] underline-offset-4 after:absolute after:inset-0 hover:underline"
        >
          {row.email}
          <span className="sr-only">: {row.targetProductTitle}</span>
        </Link>
        <p className="font-mono text-xs text-ink-soft [overflow-wrap:anywhere]">{row.purchaseId}</p>
      </div>
      <div className="min-w-0 text-sm">
        <p className="[overflow-wrap:anywhere]">{row.targetProductTitle}</p>
        <p className="text-ink-soft">
          {appName(row.targetApp)}, from {row.productTitle}
        </p>
      </div>
      <div className="min-w-0 text-sm">
        <p>
          <SyncBadge explanation={row.explanation} />
        </p>
        <p className="mt-1 text-xs text-ink-soft">
          changed <DateTime iso={row.updatedAt} precise />
        </p>
      </div>
      {row.explanation.tone === 'problem' && (
        <p className="max-w-prose text-sm [overflow-wrap:anywhere] md:col-span-3">{row.explanation.detail}</p>
      )}
    </li>
  )
}

/** Desired state, revision and acknowledgement, attempts, and when it moves next: for who reads the runbook. */
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
    </div>
  )
}
