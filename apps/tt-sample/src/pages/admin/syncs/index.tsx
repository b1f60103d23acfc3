import type {GetServerSideProps} from 'next'
import Link from 'next/link'
import {listSyncsForAdmin} from '../../../admin/list-syncs'
import {Button} from '../../../components/button'
import {EmptyState} from '../../../components/empty-state'
import {Field} from '../../../components/field'
import {firstValue} from '../../../components/first-value'
import {Layout} from '../../../components/layout'
import {PageTitle} from '../../../components/page-title'
import {parsePage, parseSyncFilter, syncFilters, syncListHref} from '../../../components/sync-filter'
import {SyncRow} from '../../../components/sync-row'
import {TextLink} from '../../../components/text-link'
import type {SyncFilter, SyncListPage, Viewer} from '../../../components/views'
import {getViewer} from '../../../server/auth'
import {hostContext} from '../../../server/host-context'

interface Props {
  viewer: Viewer
  status: SyncFilter
  search: string
  list: SyncListPage
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, query}) => {
  const viewer = await getViewer(req, res)
  // Who may not see it is not told that it exists.
  if (viewer?.role !== 'ADMIN') return {notFound: true}
  const status = parseSyncFilter(firstValue(query.status))
  const search = firstValue(query.search).trim().slice(0, 254)
  const list = await listSyncsForAdmin(hostContext, {status, search, page: parsePage(firstValue(query.page))})
  return {props: {viewer, status, search, list}}
}

export default function SyncListPageView({viewer, status, search, list}: Props) {
  return (
    <Layout title="Syncs" viewer={viewer}>
      <PageTitle eyebrow="admin / syncs" title="Syncs">
        <p>What each purchase should open elsewhere, and how far that has got.</p>
      </PageTitle>

      <div className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-6">
        <Filters status={status} search={search} counts={list.counts} />
        <form action="/admin/syncs" method="get" className="flex w-full flex-wrap items-end gap-3 md:w-auto">
          {status !== 'all' && <input type="hidden" name="status" value={status} />}
          <div className="min-w-0 flex-1 md:w-72">
            <Field
              key={search}
              label="Email or purchase id"
              name="search"
              type="search"
              defaultValue={search}
              maxLength={254}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          <Button look="secondary">Search</Button>
        </form>
      </div>

      {list.rows.length === 0 ? (
        <Nothing status={status} search={search} />
      ) : (
        <ul className="divide-y divide-rule border-y border-rule">
          {list.rows.map((row) => (
            <SyncRow key={row.syncId} row={row} />
          ))}
        </ul>
      )}
      {list.pages > 1 && <Pages status={status} search={search} page={list.page} pages={list.pages} />}
    </Layout>
  )
}

function Filters({
  status,
  search,
  counts,
}: {
  status: SyncFilter
  search: string
  counts: SyncListPage['counts']
}) {
  return (
    <nav aria-label="Status" className="flex flex-wrap gap-2">
      {syncFilters.map((filter) => (
        <Link
          key={filter}
          href={syncListHref({status: filter, search})}
          aria-current={filter === status ? 'page' : undefined}
          className="flex min-h-11 items-center gap-2 rounded-md border border-transparent px-3 text-sm font-semibold text-ink-soft hover:text-blue aria-[current=page]:border-blue aria-[current=page]:bg-blue-wash aria-[current=page]:text-blue"
        >
          {filter} <span className="font-mono text-xs tabular-nums">{counts[filter]}</span>
        </Link>
      ))}
    </nav>
  )
}

function Nothing({status, search}: {status: SyncFilter; search: string}) {
  if (status === 'all' && search === '') {
    return (
      <EmptyState title="No syncs yet">
        <p>One appears for each course on AI Hero as soon as somebody buys a bundle.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Nothing matches">
      <p>
        No {status === 'all' ? '' : `${status} `}sync{search !== '' && ` for “${search}”`}.{' '}
        <TextLink href="/admin/syncs">Show all</TextLink>
      </p>
    </EmptyState>
  )
}

function Pages({
  status,
  search,
  page,
  pages,
}: {
  status: SyncFilter
  search: string
  page: number
  pages: number
}) {
  return (
    <nav aria-label="Pages" className="mt-6 flex flex-wrap items-center justify-between gap-4 text-sm">
      <span className="basis-24">
        {page > 1 && <TextLink href={syncListHref({status, search, page: page - 1})}>Newer</TextLink>}
      </span>
      <span className="font-mono text-xs text-ink-soft">
        page {page} of {pages}
      </span>
      <span className="basis-24 text-right">
        {page < pages && <TextLink href={syncListHref({status, search, page: page + 1})}>Older</TextLink>}
      </span>
    </nav>
  )
}
