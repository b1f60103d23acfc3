import {randomUUID} from 'node:crypto'
import type {GetServerSideProps} from 'next'
import {readPurchaseForAdmin} from '../../../admin/read-purchase'
import {actionMessage} from '../../../components/admin/action-message'
import {AdminFrame} from '../../../components/admin/admin-frame'
import {ChargeFacts} from '../../../components/admin/charge-facts'
import {Fact, Facts, Id} from '../../../components/admin/facts'
import {Mails} from '../../../components/admin/mails'
import {actionsFor, type SyncAction} from '../../../components/admin/sync-actions'
import {SyncCard} from '../../../components/admin/sync-card'
import {useFreshPage} from '../../../components/admin/use-fresh-page'
import type {AdminPurchase} from '../../../components/admin/views'
import {Card} from '../../../components/card'
import {DateTime} from '../../../components/date-time'
import {EmptyState} from '../../../components/empty-state'
import {firstValue} from '../../../components/first-value'
import {formatMoney} from '../../../components/format-money'
import {Notice} from '../../../components/notice'
import {SectionTitle} from '../../../components/page-title'
import {PurchaseBadge} from '../../../components/purchase-card'
import {TextLink} from '../../../components/text-link'
import type {Viewer} from '../../../components/views'
import {Timeline} from '../../../cross-app/ui/timeline'
import {hostContext} from '../../../server/host-context'
import {requireAdmin} from '../../../server/require-admin'

interface Props {
  viewer: Viewer
  found: AdminPurchase
  /** The step before an action. */
  confirming: {syncId: string; action: SyncAction; reasonMissing: boolean} | null
  outcome: {syncId: string; done: string; sent: string; problem: string}
  /** Names this very page for its buttons. */
  press: string
}

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const {viewer, answer} = await requireAdmin(context)
  if (viewer === null) return answer
  const found = await readPurchaseForAdmin(hostContext, {
    purchaseId: firstValue(context.params?.purchaseId),
  })
  if (found === null) return {notFound: true}
  const asked = (name: string) => firstValue(context.query[name])
  const sync = found.syncs.find(({syncId}) => syncId === asked('sync'))
  const action = sync && actionsFor(sync).find((candidate) => candidate === asked('confirm'))
  const problem = asked('problem')
  return {
    props: {
      viewer,
      found,
      confirming: sync && action ? {syncId: sync.syncId, action, reasonMissing: problem === 'reason'} : null,
      outcome: {syncId: asked('sync'), done: asked('done'), sent: asked('sent'), problem},
      press: randomUUID(),
    },
  }
}

export default function PurchasePage({viewer, found, confirming, outcome, press}: Props) {
  const {purchase, facts, syncs, mails, here, there} = found
  const underWay = syncs.some((sync) => sync.nextAttemptAt !== null && sync.explanation.tone === 'waiting')
  useFreshPage(underWay && confirming === null)
  const message = actionMessage(outcome)
  return (
    <AdminFrame
      title={`Purchase ${purchase.id}`}
      heading={purchase.productTitle}
      section="syncs"
      viewer={viewer}
      lead={
        <p className="[overflow-wrap:anywhere]">
          bought by{' '}
          {purchase.userId === null ? (
            purchase.email
          ) : (
            <TextLink href={`/admin/people/${encodeURIComponent(purchase.userId)}`}>
              {purchase.email}
            </TextLink>
          )}
        </p>
      }
    >
      {message && (
        <div className="mb-8" data-outcome={outcome.done || outcome.problem}>
          <Notice tone={message.tone}>
            <p className="font-semibold">{message.title}</p>
            <p>{message.detail}</p>
          </Notice>
        </div>
      )}
      <div className="mb-12 grid items-start gap-8 lg:grid-cols-[20rem_1fr]">
        <PurchaseFacts purchase={purchase} facts={facts} />
        <section aria-labelledby="courses" className="min-w-0">
          <SectionTitle id="courses">On AI Hero</SectionTitle>
          {syncs.length === 0 ? (
            <EmptyState title="Nothing to open elsewhere">
              <p>This purchase contains no course of another app.</p>
            </EmptyState>
          ) : (
            <ul className="space-y-6">
              {syncs.map((sync) => (
                <SyncCard
                  key={sync.syncId}
                  sync={sync}
                  press={`${press}:${sync.syncId}`.slice(0, 64)}
                  confirming={confirming?.syncId === sync.syncId ? confirming : null}
                />
              ))}
            </ul>
          )}
        </section>
      </div>

      <section aria-labelledby="mails" className="mb-12">
        <SectionTitle id="mails">Mails</SectionTitle>
        <Mails mails={mails} />
        <p className="mt-3 text-sm text-ink-soft">AI Hero’s own mails stand in its half of the timeline.</p>
      </section>

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
    </AdminFrame>
  )
}

function PurchaseFacts({purchase, facts}: Pick<AdminPurchase, 'purchase' | 'facts'>) {
  return (
    <div className="space-y-6">
      <Card>
        <Facts>
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
            <Id>{purchase.id}</Id>
          </Fact>
          {purchase.checkoutSessionId && (
            <Fact name="Checkout session">
              <Id>{purchase.checkoutSessionId}</Id>
            </Fact>
          )}
          <Fact name="Stripe charge">
            {purchase.chargeId === null ? 'none: nothing was paid' : <Id>{purchase.chargeId}</Id>}
          </Fact>
        </Facts>
      </Card>
      <Card as="section">
        <h2 className="mb-3 font-serif text-lg font-semibold">Refunds and disputes</h2>
        <ChargeFacts facts={facts} />
      </Card>
    </div>
  )
}
