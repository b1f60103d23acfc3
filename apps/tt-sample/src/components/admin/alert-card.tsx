import {Badge} from '../badge'
import {Button} from '../button'
import {DateTime} from '../date-time'
import {TextLink} from '../text-link'
import type {AdminAlert} from './views'

/**
 * One alert: what it means, what to do, where to look, and whether somebody has.
 *
 * @param show which list to come back to
 */
export function AlertCard({alert, show}: {alert: AdminAlert; show: 'new' | 'all'}) {
  return (
    <li data-alert={alert.id} className="rounded-lg border border-rule bg-sheet p-5 sm:p-6">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="font-serif text-lg font-semibold">{alert.title}</h2>
        {alert.seen === null ? <Badge tone="attention">New</Badge> : <Badge>Seen</Badge>}
      </div>
      <p className="text-sm text-ink-soft">
        <DateTime iso={alert.at} precise />
      </p>
      <p className="mt-3 max-w-prose">{alert.means}</p>
      <p className="mt-2 max-w-prose">
        <span className="font-semibold">What to do: </span>
        {alert.next}
      </p>
      {alert.links.length > 0 && (
        <p className="mt-3 flex flex-wrap gap-x-6 gap-y-2 text-sm">
          {alert.links.map(({label, href}) => (
            <TextLink key={href} href={href}>
              {label}
            </TextLink>
          ))}
        </p>
      )}
      <details className="mt-3 text-sm">
        <summary className="cursor-pointer py-1 font-semibold">Details for an engineer</summary>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 font-mono text-xs">
          <dt className="text-ink-soft">action</dt>
          <dd>{alert.action}</dd>
          {Object.entries(alert.details).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="[overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {alert.seen === null ? (
        <form action="/api/admin/mark-alert-seen" method="post" className="mt-4">
          <input type="hidden" name="alertId" value={alert.id} />
          <input type="hidden" name="show" value={show} />
          <Button look="secondary">
            Mark as seen
            <span className="sr-only">: {alert.title}</span>
          </Button>
        </form>
      ) : (
        <p className="mt-4 text-sm text-ink-soft">
          Seen by {alert.seen.by}, <DateTime iso={alert.seen.at} precise />
        </p>
      )}
    </li>
  )
}
