import { describe, expect, it } from 'vitest'
import { grantsHref, isFiltered, readCursor, readGrantQuery, toGrantFilter, writeCursor } from './grant-query'

const now = new Date('2026-11-21T12:00:00.000Z')

describe('the filters in the address of the list', () => {
	it('come back as they were set, and what is not set is left out', () => {
		const query = readGrantQuery({ state: 'suspended', period: 'week', attention: '1', q: 'purchase-1' })
		const href = grantsHref(query)
		expect(href).toBe('/admin/grants?state=suspended&attention=1&period=week&q=purchase-1')
		expect(readGrantQuery(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(query)
		expect(grantsHref(readGrantQuery({}))).toBe('/admin/grants')
	})

	it('count as not given when they mean nothing, or are given twice', () => {
		const query = readGrantQuery({ state: 'everything', claim: ['claimed', 'active'], period: '12 days' })
		expect(isFiltered(query)).toBe(false)
		expect(isFiltered(readGrantQuery({ product: 'a' }))).toBe(true)
		expect(isFiltered(readGrantQuery({ after: '1_a' }))).toBe(false)
	})

	it('become what the database is asked', () => {
		const query = readGrantQuery({ state: 'granted', claim: 'active', product: 'p', period: 'day' })
		expect(toGrantFilter(query, 'ada@example.com', now)).toEqual({
			desiredState: 'granted',
			claim: 'active',
			attention: false,
			productId: 'p',
			changedSince: new Date('2026-11-20T12:00:00.000Z'),
			search: 'ada@example.com',
		})
		expect(toGrantFilter(readGrantQuery({}), '', now)).toMatchObject({ changedSince: null, search: null })
	})
})

describe('the place where a page starts', () => {
	it('survives the address', () => {
		const cursor = { at: now, id: 'id_with_lines' }
		expect(readCursor(writeCursor(cursor))).toEqual(cursor)
		for (const text of ['', 'x', '12', '_id', '99999999999999999_id']) expect(readCursor(text)).toBeNull()
	})
})
