import { describe, expect, it } from 'vitest'
import { joinTitles } from './join-titles'

describe('joinTitles', () => {
	it.each([
		[['A'], 'A'],
		[['A', 'B'], 'A and B'],
		[['A', 'B', 'C'], 'A, B and C'],
	])('joins %j as people would say it', (titles, expected) => {
		expect(joinTitles(titles)).toBe(expected)
	})
})
