import type {SyncStatus, SyncView} from '../cross-app/ui/sync-view'
import type {AccountView, PurchaseView} from './views'

/** How an account stood when its page was rendered, to go on from by asking. */
export function statusOfAccount({
  purchases,
  link,
  page,
}: Pick<AccountView, 'purchases' | 'link' | 'page'>): SyncStatus {
  const syncs = purchases.flatMap((purchase) => purchase.syncs)
  return {
    state: 'recorded',
    headline: '',
    announcement: '',
    settled: syncs.every((sync) => sync.settled) && link.state !== 'unlinking',
    syncs,
    link,
    page,
  }
}

/** The purchases with each sync as it was last heard of. A sync that is not mentioned stays as it was rendered. */
export function withLiveSyncs(purchases: PurchaseView[], live: SyncView[]): PurchaseView[] {
  const latest = new Map(live.map((sync) => [sync.id, sync]))
  return purchases.map((purchase) => ({
    ...purchase,
    syncs: purchase.syncs.map((sync) => latest.get(sync.id) ?? sync),
  }))
}
