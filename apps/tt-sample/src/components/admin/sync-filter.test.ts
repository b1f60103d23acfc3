import {describe, expect, it} from 'vitest'
import {isFiltered, parseSyncListQuery, syncFilters, syncListHref, syncPeriods} from './sync-filter'

const parse = (href: string) => {
  const parameters = new URL(href, 'http://site').searchParams
  return parseSyncListQuery((name) => parameters.get(name) ?? '')
}

describe('the address of the list of syncs', () => {
  it('is read as it was written, for every filter and period', () => {
    for (const {filter} of syncFilters) {
      for (const {period} of syncPeriods) {
        const query = {
          filter,
          period,
          product: 'product-evals',
          search: '~sealed-search',
          from: {updatedAt: '2026-11-21T20:00:00.123Z', id: 'sync-1', direction: 'older' as const},
        }
        expect(parse(syncListHref(query))).toEqual(query)
      }
    }
  })

  it('leaves out what is at its default', () => {
    expect(syncListHref({})).toBe('/admin/syncs')
    expect(syncListHref(parse('/admin/syncs?status=all&period=any&search='))).toBe('/admin/syncs')
  })

  it.each([
    '?status=lost',
    '?period=ever',
    '?older=yesterday~x',
    '?older=2026-01-01',
    '?newer=~',
    '?older=~x',
  ])('shows everything for %s, which it does not know', (text) => {
    const query = parse(`/admin/syncs${text}`)
    expect(query).toEqual({filter: 'all', period: 'any', product: '', search: '', from: null})
    expect(isFiltered(query)).toBe(false)
  })
})
