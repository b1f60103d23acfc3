import type {GetServerSideProps} from 'next'
import Link from 'next/link'
import {readOverview} from '../../admin/read-overview'
import {AdminFrame} from '../../components/admin/admin-frame'
import {syncListHref} from '../../components/admin/sync-filter'
import {SyncRow} from '../../components/admin/sync-row'
import type {AdminOverview} from '../../components/admin/views'
import {Badge} from '../../components/badge'
import {DateTime} from '../../components/date-time'
import {EmptyState} from '../../components/empty-state'
import {SectionTitle} from '../../components/page-title'
import {TextLink} from '../../components/text-link'
import type {Viewer} from '../../components/views'
import {hostContext} from '../../server/host-context'
import {requireAdmin} from '../../server/require-admin'

interface Props {
  viewer: Viewer
  overview: AdminOverview
}

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const {viewer, answer} = await requireAdmin(context)
  if (viewer === null) return answer
  return {props: {viewer, overview: await readOverview(hostContext)}}
}

/** An in-app event or a mail normally leaves within a second; the sweep takes what was left within a minute. */
const SLOW_OUTBOX_SECONDS = 180

export default function OverviewPage({viewer, overview}: Props) {
  const {newestAlerts, attention} = overview
  return (
    <AdminFrame
      title="Overview"
      section="overview"
      viewer={viewer}
      lead={<p>What needs a person, and what is worth knowing.</p>}
    >
      <Counts overview={overview} />
      <div className="grid gap-12">
        <section aria-labelledby="attention">
          <SectionTitle id="attention">Needs attention</SectionTitle>
          {attention.length === 0 ? (
            <EmptyState title="Nothing needs attention">
              <p>Everything that was sent to AI Hero has been confirmed in time.</p>
            </EmptyState>
          ) : (
            <>
              <ul className="divide-y divide-rule border-y border-rule">
                {attention.map((row) => (
                  <SyncRow key={row.syncId} row={row} />
                ))}
              </ul>
              <p className="mt-4 text-sm">
                <TextLink href={syncListHref({filter: 'needs-attention'})}>All that need attention</TextLink>
              </p>
            </>
          )}
        </section>
        <section aria-labelledby="alerts">
          <SectionTitle id="alerts">New alerts</SectionTitle>
          {newestAlerts.length === 0 ? (
            <EmptyState title="No new alerts">
              <p>
                Everything has been seen. <TextLink href="/admin/alerts?show=all">Show all alerts</TextLink>
              </p>
            </EmptyState>
          ) : (
            <>
              <ul className="divide-y divide-rule border-y border-rule">
                {newestAlerts.map((alert) => (
                  <li key={alert.id} className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3">
                    <span className="flex flex-wrap items-baseline gap-x-3">
                      <span className="font-semibold">{alert.title}</span>
                      {alert.links[0] && (
                        <span className="text-sm">
                          <TextLink href={alert.links[0].href}>{alert.links[0].label}</TextLink>
                        </span>
                      )}
                    </span>
                    <span className="text-sm text-ink-soft">
                      <DateTime iso={alert.at} precise />
                    </span>
                  </li>
                ))}
              </ul>
              <p className="mt-4 text-sm">
                <TextLink href="/admin/alerts">What they mean, and what to do</TextLink>
              </p>
            </>
          )}
        </section>
      </div>
    </AdminFrame>
  )
}

function Counts({overview}: {overview: AdminOverview}) {
  const waits = overview.oldestOutboxSeconds
  const tiles = [
    {
      label: 'New alerts',
      count: overview.unseenAlerts,
      href: '/admin/alerts',
      problem: true,
    },
    {label: 'Failed', count: overview.failed, href: syncListHref({filter: 'failed'}), problem: true},
    {
      label: 'Take too long',
      count: overview.overdue,
      href: syncListHref({filter: 'needs-attention'}),
      problem: true,
    },
    {
      label: 'Stopped',
      count: overview.frozen,
      href: syncListHref({filter: 'needs-attention'}),
      problem: true,
    },
    {label: 'On hold', count: overview.held, href: syncListHref({filter: 'held'}), problem: false},
    {
      label: 'Unclaimed',
      count: overview.unclaimed,
      href: syncListHref({filter: 'unclaimed'}),
      problem: false,
    },
  ]
  return (
    <section aria-label="Counts" className="mb-12">
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6">
        {tiles.map(({label, count, href, problem}) => (
          <li key={label}>
            <Link
              href={href}
              data-count={label}
              className="block rounded-lg border border-rule bg-sheet p-4 hover:border-blue"
            >
              <span
                className={`block font-mono text-2xl tabular-nums ${problem && count > 0 ? 'text-problem' : ''}`}
              >
                {count >= overview.limit ? `${overview.limit - 1}+` : count}
              </span>
              <span className="text-sm text-ink-soft">{label}</span>
            </Link>
          </li>
        ))}
      </ul>
      {waits !== null && waits >= SLOW_OUTBOX_SECONDS && (
        <p className="mt-4 flex flex-wrap items-baseline gap-3 text-sm">
          <Badge tone="problem">Mails and events wait</Badge>
          The oldest has not gone out for {Math.floor(waits / 60)} minutes. Tell an engineer to look at the
          mail provider and Inngest.
        </p>
      )}
    </section>
  )
}
