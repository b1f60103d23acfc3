import type {ReactNode} from 'react'
import {linkMethodWords} from './link-method'
import type {LinkView} from './link-view'
import {writeDay} from './write-day'

/**
 * One line about the account in the other app, with room for what can be done about it. A change of it is read out.
 *
 * @param otherApp the other app's name, as people know it
 * @param children a button or form, e.g. for linking or unlinking
 */
export function LinkedAccount({
  link,
  otherApp,
  children,
}: {
  link: LinkView
  otherApp: string
  children?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4" data-link={link.state}>
      <div className="min-w-0 flex-1 basis-64" aria-live="polite">
        <p className="font-semibold [overflow-wrap:anywhere]">{headline(link, otherApp)}</p>
        <p className="mt-1 max-w-prose text-sm text-current/80">
          <LinkDetail link={link} otherApp={otherApp} />
        </p>
      </div>
      {children}
    </div>
  )
}

function headline(link: LinkView, otherApp: string): string {
  switch (link.state) {
    case 'linked':
      return link.aiHeroEmail ? `Linked to ${otherApp} as ${link.aiHeroEmail}` : `Linked to ${otherApp}`
    case 'unlinking':
      return `Unlinking from ${otherApp}`
    case 'none':
      return `Not linked to ${otherApp}`
  }
}

function LinkDetail({link, otherApp}: {link: LinkView; otherApp: string}) {
  switch (link.state) {
    case 'linked':
      return (
        <>
          Since <time dateTime={link.since}>{writeDay(new Date(link.since))}</time>,{' '}
          {linkMethodWords(link.method)}. {otherApp} courses you buy here open there by themselves.
        </>
      )
    case 'unlinking':
      return (
        <>
          {otherApp} has been asked to end the link. Courses you have already opened there stay open; new ones
          will wait.
        </>
      )
    case 'none':
      return <>{otherApp} courses you buy here are kept for you until both accounts are linked.</>
  }
}

/** What unlinking does and doesn't do, for the step before it. */
export function UnlinkConsequences({otherApp}: {otherApp: string}) {
  return (
    <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2">
      <div>
        <dt className="font-semibold">What stays</dt>
        <dd className="mt-1 text-current/80">
          Courses you have already opened on {otherApp} stay open there.
        </dd>
      </div>
      <div>
        <dt className="font-semibold">What stops</dt>
        <dd className="mt-1 text-current/80">
          {otherApp} courses you buy from now on wait until you link an account again. Signing in with the
          same GitHub or Discord account won’t bring the link back by itself.
        </dd>
      </div>
    </dl>
  )
}
