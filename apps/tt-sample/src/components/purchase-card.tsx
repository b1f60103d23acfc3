import {SyncStatusList} from '../cross-app/ui/sync-status'
import {Badge} from './badge'
import {Card} from './card'
import {DateTime} from './date-time'
import {formatMoney} from './format-money'
import {OwnCourses} from './own-courses'
import type {PurchaseState, PurchaseView} from './views'

/** One purchase on the account page: what it was, what it opens here, and what it opens elsewhere. */
export function PurchaseCard({purchase}: {purchase: PurchaseView}) {
  return (
    <Card as="article">
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h3 className="font-serif text-xl font-semibold tracking-tight">{purchase.productTitle}</h3>
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-ink-soft">
          <PurchaseBadge status={purchase.status} />
          <span className="font-mono">{formatMoney(purchase.price)}</span>
          <DateTime iso={purchase.purchasedAt} />
        </p>
      </div>
      {purchase.courses.length > 0 && <OwnCourses courses={purchase.courses} />}
      {purchase.syncs.length > 0 && (
        <>
          <h4 className="mt-8 mb-2 text-sm font-semibold text-ink-soft">{otherApps(purchase)}</h4>
          <SyncStatusList syncs={purchase.syncs} />
        </>
      )}
      <p className="mt-6 border-t border-rule pt-4 font-mono text-xs text-ink-soft [overflow-wrap:anywhere]">
        Purchase {purchase.id}
      </p>
    </Card>
  )
}

function otherApps(purchase: PurchaseView): string {
  return `On ${[...new Set(purchase.syncs.map((sync) => sync.targetApp))].join(' and ')}`
}

/** Whether the money is with us. */
export function PurchaseBadge({status}: {status: PurchaseState}) {
  switch (status) {
    case 'paid':
      return <Badge tone="blue">Paid</Badge>
    case 'refunded':
      return <Badge>Refunded</Badge>
    case 'disputed':
      return <Badge tone="attention">Disputed</Badge>
  }
}
