import {appName} from '../app-label'
import {DateTime} from '../date-time'
import {Id} from './facts'
import {ConfirmAction, type SyncAction, SyncActions} from './sync-actions'
import {SyncBadge, SyncProgress} from './sync-row'
import type {SyncDetail} from './views'

/**
 * One course of a purchase: how it stands in plain words, what to do, what AI Hero has confirmed, and the buttons.
 *
 * @param confirming the step before an action, when it is this course's
 */
export function SyncCard({
  sync,
  press,
  confirming,
}: {
  sync: SyncDetail
  press: string
  confirming: {action: SyncAction; reasonMissing: boolean} | null
}) {
  const {explanation} = sync
  return (
    <li
      id={`sync-${sync.syncId}`}
      data-sync={sync.syncId}
      data-status={sync.status}
      className="rounded-lg border border-rule bg-sheet p-5 sm:p-6"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="font-serif text-lg font-semibold">{sync.targetProductTitle}</h3>
        <span className="text-sm text-ink-soft">{appName(sync.targetApp)}</span>
        <SyncBadge explanation={explanation} />
      </div>
      <p className="mt-2 max-w-prose [overflow-wrap:anywhere]">{explanation.detail}</p>
      {explanation.next && (
        <p className="mt-2 max-w-prose">
          <span className="font-semibold">What to do: </span>
          {explanation.next}
        </p>
      )}
      {sync.holdReason !== null && (
        <p className="mt-2 max-w-prose text-sm text-ink-soft [overflow-wrap:anywhere]">
          Held by support: “{sync.holdReason}”
        </p>
      )}
      {confirming ? (
        <ConfirmAction
          sync={sync}
          action={confirming.action}
          press={press}
          reasonMissing={confirming.reasonMissing}
        />
      ) : (
        <SyncActions sync={sync} />
      )}
      <details className="mt-4 border-t border-rule pt-3 text-sm">
        <summary className="cursor-pointer py-1 font-semibold">
          What we want, and what AI Hero has confirmed
        </summary>
        <div className="mt-2 grid gap-4 sm:grid-cols-2">
          <div className="min-w-0">
            <p className="mb-1 font-semibold">Total TypeScript</p>
            <SyncProgress row={sync} />
            {sync.lastError && (
              <p className="font-mono text-xs text-problem [overflow-wrap:anywhere]">{sync.lastError}</p>
            )}
            <Id>{sync.syncId}</Id>
          </div>
          <div className="min-w-0">
            <p className="mb-1 font-semibold">AI Hero</p>
            <Confirmed confirmed={sync.confirmed} />
          </div>
        </div>
      </details>
    </li>
  )
}

function Confirmed({confirmed}: {confirmed: SyncDetail['confirmed']}) {
  if (confirmed === null) return <p className="text-ink-soft">Has not answered yet.</p>
  return (
    <div className="font-mono text-xs text-ink-soft">
      <p>
        has <span className="text-ink">{confirmed.state}</span>, state {confirmed.stateVersion}
      </p>
      {confirmed.at && (
        <p>
          confirmed <DateTime iso={confirmed.at} precise />
        </p>
      )}
      <p className="[overflow-wrap:anywhere]">
        {confirmed.userId === null ? 'claimed by nobody' : `user ${confirmed.userId}`}
      </p>
      {confirmed.grantId && <p className="[overflow-wrap:anywhere]">grant {confirmed.grantId}</p>}
    </div>
  )
}
