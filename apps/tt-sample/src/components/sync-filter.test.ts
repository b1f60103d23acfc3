import {describe, expect, it} from 'vitest'
import {parsePage, parseSyncFilter, syncFilters, syncListHref} from './sync-filter'

describe('parseSyncFilter', () => {
  it('reads every filter the list offers', () => {
    expect(syncFilters.map(parseSyncFilter)).toEqual(syncFilters)
  })

  it('shows everything for a filter it does not know', () => {
    expect(parseSyncFilter('lost')).toBe('all')
    expect(parseSyncFilter('')).toBe('all')
  })
})

describe('parsePage', () => {
  it.each([
    ['3', 3],
    ['', 1],
    ['0', 1],
    ['-2', 1],
    ['1e9', 1],
    ['99999999999', 1],
  ])('reads %j as page %i', (text, page) => {
    expect(parsePage(text)).toBe(page)
  })
})

describe('syncListHref', () => {
  it('leaves out what is at its default', () => {
    expect(syncListHref({status: 'all', search: ''})).toBe('/admin/syncs')
  })

  it('keeps filter, search and page together, escaped', () => {
    expect(syncListHref({status: 'failed', search: 'a+b@example.com', page: 2})).toBe(
      '/admin/syncs?status=failed&search=a%2Bb%40example.com&page=2',
    )
  })
})
