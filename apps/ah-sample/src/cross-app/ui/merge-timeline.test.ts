import { describe, expect, it } from 'vitest'
import { formatSpan, mergeTimeline, type TimelineEntry } from './merge-timeline'

function entry(id: string, at: string): TimelineEntry {
	return { id, at, actor: 'test', action: 'did', subject: 's', data: {} }
}

describe('mergeTimeline', () => {
	it('makes one story of both apps, and says whose each part is', () => {
		const steps = mergeTimeline(
			[entry('b', '2026-11-21T10:00:00.200Z'), entry('d', '2026-11-22T00:00:00.000Z')],
			[entry('a', '2026-11-21T10:00:00.000Z'), entry('c', '2026-11-21T10:00:03.000Z')],
		)
		expect(steps.map(({ entry: { id }, here }) => `${id}${here ? ' here' : ''}`)).toEqual([
			'a',
			'b here',
			'c',
			'd here',
		])
		expect(steps.map(({ sinceStartMs }) => sinceStartMs)).toEqual([0, 200, 3_000, 50_400_000])
		expect(steps.map(({ startsDay }) => startsDay)).toEqual([true, false, false, true])
	})

	it('keeps the given order within one moment', () => {
		const at = '2026-11-21T10:00:00.000Z'
		const steps = mergeTimeline([entry('1', at), entry('2', at)], [])
		expect(steps.map((step) => step.entry.id)).toEqual(['1', '2'])
	})

	it('is empty when nothing was written down', () => {
		expect(mergeTimeline([], [])).toEqual([])
	})
})

describe('formatSpan', () => {
	it.each([
		[0, '+0 ms'],
		[999, '+999 ms'],
		[1_234, '+1.23 s'],
		[59_999, '+60.00 s'],
		[60_000, '+1 min'],
		[7_200_000, '+2 h'],
		[172_800_000, '+2 d'],
	])('%i ms as %s', (milliseconds, words) => {
		expect(formatSpan(milliseconds)).toBe(words)
	})
})
