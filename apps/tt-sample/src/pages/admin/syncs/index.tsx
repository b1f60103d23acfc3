import type {GetServerSideProps} from 'next'
import Link from 'next/link'
import {listSyncsForAdmin} from '../../../admin/list-syncs'
import {AdminFrame} from '../../../components/admin/admin-frame'
import {Select} from '../../../components/admin/select'
import {
  isFiltered,
  MAX_SEARCH,
  parseSyncListQuery,
  syncFilters,
  syncListHref,
  syncPeriods,
} from '../../../components/admin/sync-filter'
import {SyncRow} from '../../../components/admin/sync-row'
import type {SyncListPage, SyncListQuery} from '../../../components/admin/views'
import {Button} from '../../../components/button'
import {EmptyState} from '../../../components/empty-state'
import {Field} from '../../../components/field'
import {firstValue} from '../../../components/first-value'
import {Notice} from '../../../components/notice'
import {TextLink} from '../../../components/text-link'
import type {Viewer} from '../../../components/views'
import {hostContext} from '../../../server/host-context'
import {requireAdmin} from '../../../server/require-admin'

interface Props {
  viewer: Viewer
  query: SyncListQuery
  list: SyncListPage
}

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const {viewer, answer} = await requireAdmin(context)
  if (viewer === null) return answer
  const query = parseSyncListQuery((name) => firstValue(context.query[name]))
  const list = await listSyncsForAdmin(hostContext, query)
  // Back at the newest: its own address shows what has come since, and fills the page.
  if (query.from?.direction === 'newer' && list.newer === null) {
    return {redirect: {destination: syncListHref({...query, from: null}), permanent: false}}
  }
  return {props: {viewer, query, list}}
}

export default function SyncListPageView({viewer, query, list}: Props) {
  return (
    <AdminFrame
      title="Syncs"
      section="syncs"
      viewer={viewer}
      lead={<p>What each purchase should open on AI Hero, and how far that has got.</p>}
    >
      <Filters query={query} />
      <Search query={query} search={list.search ?? ''} products={list.products} />
      {list.search === null && (
        <div className="mb-6">
          <Notice tone="problem">
            <p className="font-semibold">This search can’t be read any more</p>
            <p>Please search again.</p>
          </Notice>
        </div>
      )}
      {list.stripeAway && (
        <div className="mb-6">
          <Notice tone="problem">
            <p className="font-semibold">Stripe can’t be asked at the moment</p>
            <p>
              Only Stripe knows which charge this payment is. Try again in a minute, or search for the
              address, the Checkout session or the charge.
            </p>
          </Notice>
        </div>
      )}
      {list.rows.length > 0 ? (
        <ul className="divide-y divide-rule border-y border-rule" aria-label="Syncs">
          {list.rows.map((row) => (
            <SyncRow key={row.syncId} row={row} />
          ))}
        </ul>
      ) : (
        !list.stripeAway &&
        list.search !== null && (
          <Nothing query={query} search={list.search} purchases={list.purchasesWithoutSyncs} />
        )
      )}
      <Pages query={query} list={list} />
    </AdminFrame>
  )
}

function Filters({query}: {query: SyncListQuery}) {
  return (
    <nav aria-label="Status" className="mb-6">
      <ul className="-mx-1 flex flex-wrap gap-1">
        {syncFilters.map(({filter, label}) => (
          <li key={filter}>
            <Link
              href={syncListHref({...query, filter, from: null})}
              aria-current={filter === query.filter ? 'page' : undefined}
              className="flex min-h-11 items-center rounded-md border border-transparent px-3 text-sm font-semibold text-ink-soft hover:text-blue aria-[current=page]:border-blue aria-[current=page]:bg-blue-wash aria-[current=page]:text-blue"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Search({
  query,
  search,
  products,
}: {
  query: SyncListQuery
  search: string
  products: SyncListPage['products']
}) {
  return (
    <search className="mb-8 block">
      <form
        action="/api/admin/search"
        method="post"
        key={syncListHref(query)}
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_14rem_11rem_auto]"
      >
        <input type="hidden" name="in" value="syncs" />
        {query.filter !== 'all' && <input type="hidden" name="status" value={query.filter} />}
        <Field
          label="Email or id"
          name="search"
          type="search"
          defaultValue={search}
          maxLength={MAX_SEARCH}
          autoComplete="off"
          spellCheck={false}
          placeholder="ada@…, purchase, sync, cs_, ch_, pi_, re_"
        />
        <Select
          label="Course"
          name="product"
          value={query.product}
          options={[
            {value: '', label: 'All courses'},
            ...products.map(({id, title}) => ({value: id, label: title})),
          ]}
        />
        <Select
          label="Changed"
          name="period"
          value={query.period}
          options={syncPeriods.map(({period, label}) => ({value: period, label}))}
        />
        <Button look="secondary">Show</Button>
      </form>
    </search>
  )
}

function Nothing({query, search, purchases}: {query: SyncListQuery; search: string; purchases: string[]}) {
  if (purchases.length > 0) {
    return (
      <EmptyState title="Nothing to open on AI Hero">
        <p>The search names a purchase without a course of AI Hero:</p>
        <ul className="mt-2">
          {purchases.map((id) => (
            <li key={id}>
              <TextLink href={`/admin/syncs/${encodeURIComponent(id)}`}>{id}</TextLink>
            </li>
          ))}
        </ul>
      </EmptyState>
    )
  }
  if (!isFiltered(query)) {
    return (
      <EmptyState title="No syncs yet">
        <p>One appears for each course on AI Hero as soon as somebody buys a bundle.</p>
      </EmptyState>
    )
  }
  if (query.filter === 'needs-attention' && query.search === '') {
    return (
      <EmptyState title="Nothing needs attention">
        <p>
          Everything that was sent has been confirmed in time.{' '}
          <TextLink href="/admin/syncs">Show all syncs</TextLink>
        </p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Nothing matches">
      <p>
        {search !== '' && (
          <>
            No sync for “{search}” with these filters. An address is found by its beginning, an id only as a
            whole.{' '}
          </>
        )}
        <TextLink href="/admin/syncs">Clear filters</TextLink>
      </p>
    </EmptyState>
  )
}

function Pages({query, list}: {query: SyncListQuery; list: SyncListPage}) {
  if (list.newer === null && list.older === null) return null
  return (
    <nav aria-label="Pages" className="mt-6 flex flex-wrap justify-between gap-4 text-sm">
      <span>
        {list.newer && (
          <TextLink href={syncListHref({...query, from: {...list.newer, direction: 'newer'}})}>
            Newer
          </TextLink>
        )}
      </span>
      <span>
        {list.older && (
          <TextLink href={syncListHref({...query, from: {...list.older, direction: 'older'}})}>
            Older
          </TextLink>
        )}
      </span>
    </nav>
  )
}
