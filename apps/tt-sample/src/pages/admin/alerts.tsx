import type {GetServerSideProps} from 'next'
import Link from 'next/link'
import {listAlertsForAdmin} from '../../admin/list-alerts'
import {AdminFrame} from '../../components/admin/admin-frame'
import {AlertCard} from '../../components/admin/alert-card'
import {parsePosition} from '../../components/admin/sync-filter'
import type {AlertPage} from '../../components/admin/views'
import {EmptyState} from '../../components/empty-state'
import {firstValue} from '../../components/first-value'
import {TextLink} from '../../components/text-link'
import type {Viewer} from '../../components/views'
import {hostContext} from '../../server/host-context'
import {requireAdmin} from '../../server/require-admin'

interface Props {
  viewer: Viewer
  show: 'new' | 'all'
  first: boolean
  list: AlertPage
}

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const {viewer, answer} = await requireAdmin(context)
  if (viewer === null) return answer
  const show = firstValue(context.query.show) === 'all' ? 'all' : 'new'
  const position = parsePosition(firstValue(context.query.older))
  const list = await listAlertsForAdmin(hostContext, {
    onlyUnseen: show === 'new',
    olderThan: position === null ? null : {at: position.updatedAt, id: position.id},
  })
  return {props: {viewer, show, first: position === null, list}}
}

export default function AlertsPage({viewer, show, first, list}: Props) {
  const own = show === 'all' ? '/admin/alerts?show=all' : '/admin/alerts'
  return (
    <AdminFrame
      title="Alerts"
      section="alerts"
      viewer={viewer}
      lead={<p>What the system could not settle by itself, or thinks that a person should know.</p>}
    >
      <nav aria-label="Which alerts" className="mb-6 flex gap-1">
        {(['new', 'all'] as const).map((which) => (
          <Link
            key={which}
            href={which === 'all' ? '/admin/alerts?show=all' : '/admin/alerts'}
            aria-current={which === show ? 'page' : undefined}
            className="flex min-h-11 items-center rounded-md border border-transparent px-3 text-sm font-semibold text-ink-soft hover:text-blue aria-[current=page]:border-blue aria-[current=page]:bg-blue-wash aria-[current=page]:text-blue"
          >
            {which === 'all' ? 'All' : 'New'}
          </Link>
        ))}
      </nav>
      {list.alerts.length === 0 ? (
        <Nothing show={show} />
      ) : (
        <ul className="space-y-6">
          {list.alerts.map((alert) => (
            <AlertCard key={alert.id} alert={alert} show={show} />
          ))}
        </ul>
      )}
      {(!first || list.older) && (
        <nav aria-label="Pages" className="mt-6 flex flex-wrap justify-between gap-4 text-sm">
          <span>{!first && <TextLink href={own}>Newest</TextLink>}</span>
          <span>
            {list.older && (
              <TextLink
                href={`${own}${show === 'all' ? '&' : '?'}older=${encodeURIComponent(`${list.older.at}~${list.older.id}`)}`}
              >
                Older
              </TextLink>
            )}
          </span>
        </nav>
      )}
    </AdminFrame>
  )
}

function Nothing({show}: {show: 'new' | 'all'}) {
  if (show === 'all') {
    return (
      <EmptyState title="No alerts">
        <p>Nothing has ever needed a person here.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No new alerts">
      <p>
        Everything has been seen. <TextLink href="/admin/alerts?show=all">Show all alerts</TextLink>
      </p>
    </EmptyState>
  )
}
