import type {SyncFilter} from './views'

/** Every filter of the admin list, in the order it is shown. */
export const syncFilters: SyncFilter[] = ['all', 'pending', 'failed', 'synced', 'revoked']

/** Reads the filter of a query; anything unknown shows everything. */
export function parseSyncFilter(text: string): SyncFilter {
  return syncFilters.find((filter) => filter === text) ?? 'all'
}

/** Reads a page number, counted from 1; anything else is the first page. */
export function parsePage(text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1
}

/** The address of the admin list with these settings; what is at its default is left out. */
export function syncListHref({
  status,
  search,
  page = 1,
}: {
  status: SyncFilter
  search: string
  page?: number
}): string {
  const query = new URLSearchParams()
  if (status !== 'all') query.set('status', status)
  if (search !== '') query.set('search', search)
  if (page > 1) query.set('page', String(page))
  const text = query.toString()
  return text === '' ? '/admin/syncs' : `/admin/syncs?${text}`
}
