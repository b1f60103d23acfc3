import type {GetServerSideProps} from 'next'
import type {ReactNode} from 'react'
import {getPurchaseTimeline} from '../../../admin/read-purchase-timeline'
import {appName} from '../../../components/app-label'
import {Card} from '../../../components/card'
import {DateTime} from '../../../components/date-time'
import {EmptyState} from '../../../components/empty-state'
import {firstValue} from '../../../components/first-value'
import {formatMoney} from '../../../components/format-money'
import {Layout} from '../../../components/layout'
import {PageTitle, SectionTitle} from '../../../components/page-title'
import {PurchaseBadge} from '../../../components/purchase-card'
import {SyncProgress, SyncStatusBadge} from '../../../components/sync-row'
import {TextLink} from '../../../components/text-link'
import type {PurchaseTimelineView, SyncListRow, Viewer} from '../../../components/views'
import {Timeline} from '../../../cross-app/ui/timeline'
import {getViewer} from '../../../server/auth'
import {hostContext} from '../../../server/host-context'

interface Props {
  viewer: Viewer
  timeline: PurchaseTimelineView
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, params}) => {
  const viewer = await getViewer(req, res)
  // Who may not see it is not told that it exists.
  if (viewer?.role !== 'ADMIN') return {notFound: true}
  const timeline = await getPurchaseTimeline(hostContext, {purchaseId: firstValue(params?.purchaseId)})
  if (!timeline) return {notFound: true}
  return {props: {viewer, timeline}}
}

export default function PurchaseTimelinePage({viewer, timeline}: Props) {
  const {purchase, syncs, here, there} = timeline
  return (
    <Layout title={`Purchase ${purchase.id}`} viewer={viewer}>
      <p className="mb-8 text-sm">
        <TextLink href="/admin/syncs">All syncs</TextLink>
      </p>
      <PageTitle eyebrow="admin / syncs / purchase" title={purchase.productTitle}>
        <p className="[overflow-wrap:anywhere]">{purchase.email}</p>
      </PageTitle>

      <div className="mb-12 grid items-start gap-6 lg:grid-cols-[20rem_1fr]">
        <Card>
          <dl className="grid gap-4 text-sm">
            <Fact name="State">
              <PurchaseBadge status={purchase.status} />
            </Fact>
            <Fact name="Price">
              <span className="font-mono">{formatMoney(purchase.price)}</span>
            </Fact>
            <Fact name="Bought">
              <DateTime iso={purchase.purchasedAt} precise />
            </Fact>
            <Fact name="Purchase id">
              <span className="font-mono text-xs">{purchase.id}</span>
            </Fact>
            {purchase.checkoutSessionId && (
              <Fact name="Checkout session">
                <span className="font-mono text-xs">{purchase.checkoutSessionId}</span>
              </Fact>
            )}
          </dl>
        </Card>
        <section aria-label="Syncs" className="min-w-0">
          {syncs.length === 0 ? (
            <EmptyState title="Nothing to open elsewhere">
              <p>This purchase contains no course of another app.</p>
            </EmptyState>
          ) : (
            <ul className="divide-y divide-rule border-y border-rule">
              {syncs.map((sync) => (
                <SyncSummary key={sync.syncId} sync={sync} />
              ))}
            </ul>
          )}
        </section>
      </div>

      <section aria-labelledby="timeline">
        <SectionTitle id="timeline">Timeline</SectionTitle>
        <p className="mb-6 max-w-prose text-sm text-ink-soft">
          Each app writes its own record by its own clock.
          {there.reached && (
            <>
              {' '}
              AI Hero’s was read <DateTime iso={there.readAt} precise />.
            </>
          )}
        </p>
        <Timeline here={here} there={there} hereApp="total-typescript" />
      </section>
    </Layout>
  )
}

function Fact({name, children}: {name: string; children: ReactNode}) {
  return (
    <div>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  )
}

function SyncSummary({sync}: {sync: SyncListRow}) {
  return (
    <li className="py-4" data-sync={sync.syncId}>
      <div className="mb-1 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="font-semibold">{sync.targetProductTitle}</h2>
        <span className="text-sm text-ink-soft">{appName(sync.targetApp)}</span>
        <SyncStatusBadge status={sync.status} />
      </div>
      <SyncProgress row={sync} />
      {sync.lastError && (
        <p className="mt-1 text-sm font-semibold text-problem [overflow-wrap:anywhere]">{sync.lastError}</p>
      )}
    </li>
  )
}
