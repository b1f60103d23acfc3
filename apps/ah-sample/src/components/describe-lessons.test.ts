import { describe, expect, it } from 'vitest'
import { describeLessons } from './describe-lessons'

describe('describeLessons', () => {
	it.each([
		[1, 0, '1 lesson'],
		[3, 30, '3 lessons · 30 min'],
		[12, 120, '12 lessons · 2 h'],
		[12, 135, '12 lessons · 2 h 15 min'],
	])('says %i lessons of %i minutes as "%s"', (lessonCount, minutes, expected) => {
		expect(describeLessons(lessonCount, minutes)).toBe(expected)
	})
})
