import {useState} from 'react'
import type {SyncAction, SyncPhase, SyncView} from './sync-view'

/**
 * The courses of a purchase that open in another app, each with what the server says about it.
 * Props only: it neither fetches nor decides. Motion happens once, when a course turns ready before the reader's eyes.
 */
export function SyncStatusList({syncs}: {syncs: SyncView[]}) {
  return (
    <ul className="divide-y divide-current/15 border-t border-current/15">
      {syncs.map((sync) => (
        <SyncItem key={sync.id} sync={sync} />
      ))}
    </ul>
  )
}

function SyncItem({sync}: {sync: SyncView}) {
  return (
    <li className="flex gap-4 py-5 last:pb-0" data-phase={sync.phase} data-sync={sync.id}>
      <PhaseIcon phase={sync.phase} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <p className="font-semibold">{sync.productTitle}</p>
          <PhasePill phase={sync.phase} label={sync.label} />
        </div>
        <p className="mt-1 max-w-prose text-sm text-current/80 [overflow-wrap:anywhere]">{sync.detail}</p>
        {sync.action && <Action action={sync.action} productTitle={sync.productTitle} />}
      </div>
    </li>
  )
}

const actionLook =
  'mt-3 inline-flex min-h-11 cursor-pointer items-center rounded-md border border-current/40 px-4 py-2 text-sm font-semibold hover:border-current'

/** What changes something is a form, so that it works without JavaScript and no link a stranger sends can do it. */
function Action({action, productTitle}: {action: SyncAction; productTitle: string}) {
  const name = (
    <span>
      {action.label}
      <span className="sr-only">: {productTitle}</span>
    </span>
  )
  if (!action.post) {
    return (
      <a href={action.href} className={actionLook}>
        {name}
      </a>
    )
  }
  return (
    <form action={action.href} method="post">
      <Fields fields={action.post} />
      <button type="submit" className={actionLook}>
        {name}
      </button>
    </form>
  )
}

function Fields({fields}: {fields: Record<string, string>}) {
  return (
    <>
      {Object.keys(fields).map((field) => (
        <input key={field} type="hidden" name={field} value={fields[field]} />
      ))}
    </>
  )
}

const tone: Record<SyncPhase, {pill: string; icon: string}> = {
  sending: {
    pill: 'bg-sky-50 text-sky-900 dark:bg-sky-950 dark:text-sky-200',
    icon: 'text-sky-700 dark:text-sky-300',
  },
  delayed: {
    pill: 'bg-amber-50 text-amber-900 dark:bg-amber-950 dark:text-amber-200',
    icon: 'text-amber-700 dark:text-amber-300',
  },
  'waiting-for-you': {
    pill: 'bg-amber-50 text-amber-900 dark:bg-amber-950 dark:text-amber-200',
    icon: 'text-amber-700 dark:text-amber-300',
  },
  ready: {
    pill: 'bg-emerald-50 text-emerald-900 dark:bg-emerald-950 dark:text-emerald-200',
    icon: 'text-emerald-700 dark:text-emerald-300',
  },
  failed: {
    pill: 'bg-red-50 text-red-900 dark:bg-red-950 dark:text-red-200',
    icon: 'text-red-700 dark:text-red-300',
  },
  suspended: {
    pill: 'bg-zinc-100 text-zinc-800 dark:bg-zinc-800 dark:text-zinc-200',
    icon: 'text-zinc-600 dark:text-zinc-400',
  },
  refunded: {
    pill: 'bg-zinc-100 text-zinc-800 dark:bg-zinc-800 dark:text-zinc-200',
    icon: 'text-zinc-600 dark:text-zinc-400',
  },
}

/** The short word of a sync, coloured by its phase. */
export function PhasePill({phase, label}: {phase: SyncPhase; label: string}) {
  return (
    <span
      className={`rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap ring-1 ring-current/25 ring-inset transition-colors duration-500 motion-reduce:transition-none ${tone[phase].pill}`}
    >
      {label}
    </span>
  )
}

/** Draws the phase; the pill beside it says the same in words, so readers of the page tree skip this. */
function PhaseIcon({phase}: {phase: SyncPhase}) {
  const [phaseAtFirst] = useState(phase)
  const justBecameReady = phase === 'ready' && phaseAtFirst !== 'ready'
  const arrival = justBecameReady
    ? 'transition duration-500 ease-out starting:scale-50 starting:opacity-0 motion-reduce:transition-none'
    : ''
  const waiting = phase === 'sending' ? 'animate-pulse motion-reduce:animate-none' : ''
  return (
    <svg
      key={phase}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`mt-0.5 size-6 shrink-0 ${tone[phase].icon} ${arrival} ${waiting}`}
    >
      <PhaseShape phase={phase} />
    </svg>
  )
}

function PhaseShape({phase}: {phase: SyncPhase}) {
  switch (phase) {
    case 'ready':
      return (
        <>
          <circle cx="12" cy="12" r="10" fill="currentColor" fillOpacity="0.12" />
          <path d="m7.5 12.5 3 3 6-6.5" />
        </>
      )
    case 'sending':
      return (
        <>
          <circle cx="12" cy="12" r="10" strokeDasharray="4 4" />
          <path d="M8 12h8m-3-3 3 3-3 3" />
        </>
      )
    case 'delayed':
      return (
        <>
          <circle cx="12" cy="12" r="10" />
          <path d="M12 7v5l3 2" />
        </>
      )
    case 'waiting-for-you':
      return (
        <>
          <circle cx="12" cy="12" r="10" />
          <circle cx="12" cy="10" r="2.5" />
          <path d="M7.5 17c1-2 2.6-3 4.5-3s3.5 1 4.5 3" />
        </>
      )
    case 'failed':
      return (
        <>
          <circle cx="12" cy="12" r="10" />
          <path d="M12 7v6m0 3.5v.01" />
        </>
      )
    case 'suspended':
      return (
        <>
          <circle cx="12" cy="12" r="10" />
          <path d="M10 9v6m4-6v6" />
        </>
      )
    case 'refunded':
      return (
        <>
          <circle cx="12" cy="12" r="10" />
          <path d="M8 12h8" />
        </>
      )
  }
}
