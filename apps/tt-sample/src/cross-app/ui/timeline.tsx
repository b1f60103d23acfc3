import {Fragment, type ReactNode} from 'react'
import {formatSpan, mergeTimeline} from './merge-timeline'
import type {RemoteTimeline, TimelineApp, TimelineEntry} from './timeline-view'

const appName: Record<TimelineApp, string> = {
  'total-typescript': 'Total TypeScript',
  'ai-hero': 'AI Hero',
}

/**
 * The story of one purchase, or one person, across both apps: two lanes on a wide screen, one column with the app's name on a narrow one.
 * If the other half can't be had, it says so instead of looking empty.
 *
 * @param here the rows of this app
 * @param hereApp which app that is; its lane stands on the left
 * @param about what the sentences call it
 */
export function Timeline({
  here,
  there,
  hereApp,
  about = 'this purchase',
}: {
  here: TimelineEntry[]
  there: RemoteTimeline
  hereApp: TimelineApp
  about?: 'this purchase' | 'this person'
}) {
  const thereApp: TimelineApp = hereApp === 'total-typescript' ? 'ai-hero' : 'total-typescript'
  const steps = mergeTimeline(here, there.reached ? there.entries : [])
  return (
    <div>
      <OtherHalf there={there} app={thereApp} about={about} />
      {steps.length === 0 ? (
        <p className="py-6 text-current/80">Nothing has been recorded about {about} yet.</p>
      ) : (
        <>
          <div
            aria-hidden="true"
            className="hidden grid-cols-[8.5rem_1fr_1fr] gap-x-4 border-b border-current/20 pb-2 font-mono text-xs md:grid"
          >
            <span>UTC</span>
            <span>{appName[hereApp]}</span>
            <span>{appName[thereApp]}</span>
          </div>
          <ol className="pt-2">
            {steps.map(({entry, sinceStartMs, startsDay}) => (
              <Fragment key={`${entry.app}:${entry.id}`}>
                {startsDay && (
                  <li className="pt-4 pb-1 text-sm font-semibold" aria-hidden="true">
                    {day(entry.at)}
                  </li>
                )}
                <li
                  data-app={entry.app}
                  className="grid grid-cols-1 gap-x-4 gap-y-1 py-2 md:grid-cols-[8.5rem_1fr_1fr]"
                >
                  <p className="pt-0.5 font-mono text-xs tabular-nums">
                    <time dateTime={entry.at}>
                      <span className="sr-only">{day(entry.at)}, </span>
                      {entry.at.slice(11, 23)}
                    </time>{' '}
                    <span className="text-current/75 md:block">{formatSpan(sinceStartMs)}</span>
                  </p>
                  <Entry entry={entry} onLeft={entry.app === hereApp} />
                </li>
              </Fragment>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}

function OtherHalf({there, app, about}: {there: RemoteTimeline; app: TimelineApp; about: string}) {
  if (!there.reached) {
    return (
      <div
        role="alert"
        className="mb-6 border-l-4 border-amber-600 bg-amber-50 px-4 py-3 text-sm text-amber-950 dark:border-amber-400 dark:bg-amber-950 dark:text-amber-100"
      >
        <p className="font-semibold">{appName[app]}’s half is missing</p>
        <p className="mt-1">{there.reason} What follows is this app’s own record only.</p>
      </div>
    )
  }
  if (there.entries.length === 0) {
    return (
      <p className="mb-6 border-l-4 border-current/30 px-4 py-2 text-sm text-current/80">
        {appName[app]} answered and has recorded nothing about {about}.
      </p>
    )
  }
  return null
}

function Entry({entry, onLeft}: {entry: TimelineEntry; onLeft: boolean}) {
  const lane = onLeft
    ? 'md:col-start-2 border-blue-800 dark:border-blue-300'
    : 'md:col-start-3 border-amber-600 dark:border-amber-400'
  const details = Object.entries(entry.data).filter(([, value]) => value !== null && value !== '')
  return (
    <div className={`min-w-0 border-l-4 pl-4 ${lane}`}>
      <p className="text-xs text-current/75">
        <span className="md:sr-only">{appName[entry.app]} · </span>
        {entry.actor}
      </p>
      <p className="font-mono text-sm font-semibold [overflow-wrap:anywhere]">{entry.action}</p>
      {entry.summary && <p className="text-sm [overflow-wrap:anywhere]">{entry.summary}</p>}
      {(entry.state !== null || entry.revision !== null) && (
        <p className="mt-1 flex flex-wrap gap-2 font-mono text-xs">
          {entry.revision !== null && <Tag>revision {entry.revision}</Tag>}
          {entry.state !== null && <Tag>{entry.state}</Tag>}
        </p>
      )}
      {entry.error && (
        <p className="mt-1 text-sm font-semibold text-red-800 [overflow-wrap:anywhere] dark:text-red-300">
          {entry.error}
        </p>
      )}
      {details.length > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer py-0.5 text-xs">Details</summary>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 font-mono text-xs">
            {details.map(([name, value]) => (
              <Fragment key={name}>
                <dt className="text-current/75">{name}</dt>
                <dd className="[overflow-wrap:anywhere]">{String(value)}</dd>
              </Fragment>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

function Tag({children}: {children: ReactNode}) {
  return <span className="rounded-sm px-1.5 ring-1 ring-current/30 ring-inset">{children}</span>
}

function day(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', {dateStyle: 'full', timeZone: 'UTC'}).format(new Date(iso))
}
