import type {TimelineEntry} from '../../cross-app/ui/timeline-view'
import {DateTime} from '../date-time'

/** What happened to a person's link, newest first, out of this app's half of their timeline. */
export function LinkHistory({entries, everLinked}: {entries: TimelineEntry[]; everLinked: boolean}) {
  const steps = entries
    .flatMap((entry) => {
      const words = linkStep(entry)
      return words === null ? [] : [{entry, words}]
    })
    .reverse()
  if (steps.length === 0) {
    return (
      <p className="text-sm text-ink-soft">
        {everLinked
          ? 'How this came about is older than the records shown here.'
          : 'Nobody has tried to link this account yet.'}
      </p>
    )
  }
  return (
    <ol className="space-y-2 text-sm">
      {steps.map(({entry, words}) => (
        <li key={entry.id} className="flex flex-wrap justify-between gap-x-6">
          <span className="[overflow-wrap:anywhere]">{words}</span>
          <span className="text-ink-soft">
            <DateTime iso={entry.at} precise />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** One step in words; null for what is no step of a link. */
export function linkStep({action, data}: Pick<TimelineEntry, 'action' | 'data'>): string | null {
  const text = (key: string) => (typeof data[key] === 'string' ? String(data[key]) : '')
  switch (action) {
    case 'link.started':
      return 'Pressed “Link your AI Hero account”'
    case 'link.mirrored':
      return `Linked, ${methods[text('linkMethod')] ?? 'in an unknown way'}`
    case 'link.ended':
      return `Unlinked ${enders[text('by')] ?? ''}${data.released === true ? ', and what it had opened was closed' : ''}`
        .replace(/ ,/, ',')
        .trim()
    case 'link.unlink-requested':
      return 'AI Hero was asked to end the link'
    case 'link.release-requested':
      return 'AI Hero was asked to close what the link had opened'
    case 'link.refused':
      return `A link was refused: ${(text('refusal') || 'no reason given').replaceAll('-', ' ')}`
    case 'login.told':
      return `AI Hero was told of a sign-in with ${providers[text('provider')] ?? 'a provider'}`
    default:
      return null
  }
}

const methods: Record<string, string | undefined> = {
  explicit: 'confirmed by the person on both sides',
  'oauth-github': 'because both accounts sign in with the same GitHub account',
  'oauth-discord': 'because both accounts sign in with the same Discord account',
}

const enders: Record<string, string | undefined> = {
  user: 'by the person',
  'not-me': 'by “This wasn’t me”',
  refused: 'because this app could not accept it',
  'account-deleted': 'because the account was deleted',
}

const providers: Record<string, string | undefined> = {github: 'GitHub', discord: 'Discord'}
