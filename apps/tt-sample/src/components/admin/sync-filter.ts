import type {SyncFilter} from '../../cross-app'
import type {SyncListQuery, SyncPeriod} from './views'

/** Every filter of the list of syncs, in the order it is shown. */
export const syncFilters: {filter: SyncFilter; label: string}[] = [
  {filter: 'all', label: 'All'},
  {filter: 'needs-attention', label: 'Needs attention'},
  {filter: 'pending', label: 'Pending'},
  {filter: 'failed', label: 'Failed'},
  {filter: 'held', label: 'On hold'},
  {filter: 'unclaimed', label: 'Unclaimed'},
  {filter: 'synced', label: 'Synced'},
  {filter: 'revoked', label: 'Revoked'},
]

export const syncPeriods: {period: SyncPeriod; label: string; milliseconds: number | null}[] = [
  {period: 'any', label: 'Any time', milliseconds: null},
  {period: 'day', label: 'Last 24 hours', milliseconds: 24 * 3_600_000},
  {period: 'week', label: 'Last 7 days', milliseconds: 7 * 24 * 3_600_000},
  {period: 'month', label: 'Last 30 days', milliseconds: 30 * 24 * 3_600_000},
]

/** Characters that a search may have. */
export const MAX_SEARCH = 254
/** What a sealed one of them may come to in an address. */
const MAX_SEALED = 1_500

/** Reads the address of the list; whatever is unknown or malformed is as if it weren't there. */
export function parseSyncListQuery(text: (name: string) => string): SyncListQuery {
  const filter = syncFilters.find((candidate) => candidate.filter === text('status'))
  const period = syncPeriods.find((candidate) => candidate.period === text('period'))
  const older = parsePosition(text('older'))
  const newer = parsePosition(text('newer'))
  return {
    filter: filter?.filter ?? 'all',
    period: period?.period ?? 'any',
    product: text('product').slice(0, 191),
    search: text('search').trim().slice(0, MAX_SEALED),
    from:
      older !== null
        ? {...older, direction: 'older'}
        : newer !== null
          ? {...newer, direction: 'newer'}
          : null,
  }
}

/** `2026-11-21T20:00:00.000Z~sync-id` */
export function parsePosition(text: string): {updatedAt: string; id: string} | null {
  const at = text.indexOf('~')
  const moment = new Date(text.slice(0, Math.max(0, at)))
  const id = text.slice(at + 1)
  if (at < 1 || id === '' || id.length > 191 || Number.isNaN(moment.getTime())) return null
  return {updatedAt: moment.toISOString(), id}
}

/** The address of the list with these settings; what is at its default is left out. */
export function syncListHref(query: Partial<SyncListQuery>): string {
  const {filter = 'all', product = '', period = 'any', search = '', from = null} = query
  const parameters = new URLSearchParams()
  if (filter !== 'all') parameters.set('status', filter)
  if (product !== '') parameters.set('product', product)
  if (period !== 'any') parameters.set('period', period)
  if (search !== '') parameters.set('search', search)
  if (from !== null) parameters.set(from.direction, `${from.updatedAt}~${from.id}`)
  const text = parameters.toString()
  return text === '' ? '/admin/syncs' : `/admin/syncs?${text}`
}

/** Whether the list shows anything but everything. */
export function isFiltered({filter, product, period, search}: SyncListQuery): boolean {
  return filter !== 'all' || product !== '' || period !== 'any' || search !== ''
}
