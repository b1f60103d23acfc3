import type {ReactNode} from 'react'
import type {LinkView} from './link-view'

const methodName: Record<Extract<LinkView, {state: 'linked'}>['method'], string> = {
  'oauth-github': 'because both accounts sign in with the same GitHub account',
  'oauth-discord': 'because both accounts sign in with the same Discord account',
  explicit: 'confirmed by you on both sides',
}

/**
 * One line about the account in the other app, with room for what can be done about it.
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
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3" data-link={link.state}>
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-semibold">{headline(link, otherApp)}</p>
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
          Since <time dateTime={link.since}>{day(link.since)}</time>, {methodName[link.method]}. {otherApp}{' '}
          courses you buy here open there by themselves.
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

function day(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', {dateStyle: 'long', timeZone: 'UTC'}).format(new Date(iso))
}
