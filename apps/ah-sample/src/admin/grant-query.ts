import type { GrantCursor, GrantFilter } from '@/cross-app'

/** The list's filters as they stand in the page's address; an empty text is no filter. */
export type GrantQuery = {
	state: '' | 'granted' | 'suspended' | 'revoked'
	claim: '' | 'claimed' | 'unclaimed' | 'active'
	attention: '' | '1'
	product: string
	period: '' | 'day' | 'week' | 'month' | 'quarter'
	/** As `sealSearch` wrote it. */
	q: string
	/** Where the page starts: see `writeCursor`. */
	after: string
}

export const STATES = ['granted', 'suspended', 'revoked'] as const
export const CLAIMS = ['unclaimed', 'claimed', 'active'] as const
const DAYS = { day: 1, week: 7, month: 30, quarter: 90 } as const
export const PERIODS = ['day', 'week', 'month', 'quarter'] as const

type Given = Record<string, string | string[] | undefined>

/** Reads the parameters of an address or the fields of a form; what is not known counts as not given. */
export function readGrantQuery(given: Given): GrantQuery {
	const text = (name: string) => {
		const value = given[name]
		return typeof value === 'string' ? value.trim().slice(0, 1_500) : ''
	}
	return {
		state: oneOf(STATES, text('state')),
		claim: oneOf(CLAIMS, text('claim')),
		attention: text('attention') === '1' ? '1' : '',
		product: text('product').slice(0, 191),
		period: oneOf(PERIODS, text('period')),
		q: text('q'),
		after: text('after').slice(0, 250),
	}
}

/** The address of the list with these filters; those that are not set are left out. */
export function grantsHref(query: Partial<GrantQuery>): string {
	const set = Object.entries(query).filter(([, value]) => value !== '')
	return set.length === 0 ? '/admin/grants' : `/admin/grants?${new URLSearchParams(set)}`
}

/** Whether anything narrows the list. */
export function isFiltered({ after: _after, ...filters }: GrantQuery): boolean {
	return Object.values(filters).some((value) => value !== '')
}

/** @param search the opened search @param now what the period is counted back from */
export function toGrantFilter(query: GrantQuery, search: string, now: Date): GrantFilter {
	const days = query.period === '' ? null : DAYS[query.period]
	return {
		desiredState: query.state === '' ? null : query.state,
		claim: query.claim === '' ? null : query.claim,
		attention: query.attention === '1',
		productId: query.product === '' ? null : query.product,
		changedSince: days === null ? null : new Date(now.getTime() - days * 24 * 60 * 60_000),
		search: search === '' ? null : search,
	}
}

/** A moment and an id as one parameter. */
export function writeCursor(cursor: { at: Date; id: string } | null): string {
	return cursor === null ? '' : `${cursor.at.getTime()}_${cursor.id}`
}

/** @returns null when it is none */
export function readCursor(text: string): { at: Date; id: string } | null {
	const [, milliseconds, id] = /^(\d{1,13})_(.{1,191})$/.exec(text) ?? []
	return milliseconds === undefined || id === undefined ? null : { at: new Date(Number(milliseconds)), id }
}

export function toGrantCursor(text: string): GrantCursor | null {
	const cursor = readCursor(text)
	return cursor === null ? null : { updatedAt: cursor.at, id: cursor.id }
}

function oneOf<Known extends string>(known: readonly Known[], value: string): Known | '' {
	return known.find((each) => each === value) ?? ''
}
