import {syncPeriods} from '../components/admin/sync-filter'
import type {SyncListPage, SyncListQuery} from '../components/admin/views'
import {listSyncs, type SyncsAmong} from '../cross-app'
import type {HostContext} from '../server/host-context'
import {openSearch} from '../server/sealed-search'
import {describeSyncRows} from './describe-sync-rows'
import {findPurchasesByStripeId} from './find-purchases'

const PAGE_SIZE = 25

/** One page of syncs for support. The page has checked that the viewer may see them. */
export async function listSyncsForAdmin(
  context: HostContext,
  query: SyncListQuery,
  {pageSize = PAGE_SIZE}: {pageSize?: number} = {},
): Promise<SyncListPage> {
  const products = await listTargetProducts(context)
  const search = openSearch(query.search)
  const searched = search === null ? 'unreadable' : await readSearch(context, search)
  if (searched === 'stripe-away' || searched === 'unreadable') {
    const nothing = {rows: [], newer: null, older: null, purchasesWithoutSyncs: []}
    return {...nothing, search, products, stripeAway: searched === 'stripe-away'}
  }
  const since = syncPeriods.find(({period}) => period === query.period)?.milliseconds ?? null
  const {rows, newer, older} = await listSyncs(context, {
    filter: query.filter,
    targetProductId: query.product === '' ? null : query.product,
    changedSince: since === null ? null : new Date(context.clock.now().getTime() - since),
    among: searched,
    from:
      query.from === null
        ? null
        : {
            position: {updatedAt: query.from.updatedAt, id: query.from.id},
            direction: query.from.direction,
          },
    pageSize,
  })
  return {
    search,
    rows: await describeSyncRows(context.crossApp, rows),
    newer,
    older,
    products,
    purchasesWithoutSyncs: rows.length === 0 ? await withoutSyncs(context, searched) : [],
    stripeAway: false,
  }
}

/** An id names something or nothing; anything else is the beginning of an address. */
async function readSearch(context: HostContext, search: string): Promise<SyncsAmong | 'stripe-away'> {
  if (search === '') return {kind: 'everything'}
  const byStripe = await findPurchasesByStripeId(context, search)
  if (byStripe.kind === 'stripe-away') return 'stripe-away'
  if (byStripe.kind === 'purchases') return byStripe
  const {db} = context
  if (search.includes('@')) return {kind: 'address', startsWith: search.toLowerCase()}
  const sync = await db.crossAppSync.findUnique({where: {id: search}, select: {id: true}})
  if (sync !== null) return {kind: 'sync', id: sync.id}
  const purchase = await db.purchase.findUnique({where: {id: search}, select: {id: true}})
  if (purchase !== null && purchase.id === search) return {kind: 'purchases', ids: [purchase.id]}
  return {kind: 'address', startsWith: search.toLowerCase()}
}

/** What was searched exists and simply opens nothing elsewhere: saying "nothing matches" would be wrong. */
async function withoutSyncs({db}: HostContext, among: SyncsAmong): Promise<string[]> {
  if (among.kind !== 'purchases' || among.ids.length === 0) return []
  const withSyncs = await db.crossAppSync.findMany({
    where: {purchaseId: {in: among.ids}},
    select: {purchaseId: true},
  })
  return among.ids.filter((id) => !withSyncs.some(({purchaseId}) => purchaseId === id)).slice(0, 10)
}

async function listTargetProducts({db}: HostContext): Promise<SyncListPage['products']> {
  const items = await db.bundleItem.findMany({
    where: {targetApp: {not: 'total-typescript'}},
    orderBy: [{title: 'asc'}, {targetProductId: 'asc'}],
    select: {targetProductId: true, title: true},
  })
  return items
    .map(({targetProductId: id, title}) => ({id, title}))
    .filter(({id}, index, all) => all.findIndex((other) => other.id === id) === index)
}
