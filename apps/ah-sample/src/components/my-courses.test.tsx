import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { MyCourse } from '@/access/course-types'
import { MyCourses } from './my-courses'

const open: MyCourse = {
	key: 'grant-1',
	courseSlug: 'prompting',
	courseTitle: 'Prompting',
	lessonCount: 2,
	firstLessonSlug: 'first',
	hasAccess: true,
	source: { kind: 'bundle', bundleName: null, at: '2026-03-01T10:00:00.000Z' },
	state: {
		tone: 'ready',
		badge: 'Ready',
		sentence: 'It is open.',
		moving: false,
		action: null,
		reference: null,
	},
}

function draw(courses: MyCourse[]): string {
	return renderToStaticMarkup(<MyCourses courses={courses} sellerName="Total TypeScript" />)
}

describe('MyCourses', () => {
	it('leads straight into the first lesson of an open course', () => {
		expect(draw([open])).toContain('href="/courses/prompting/first"')
	})

	it('leads to the course page when the course is closed', () => {
		const html = draw([{ ...open, hasAccess: false }])
		expect(html).toContain('href="/courses/prompting"')
		expect(html).not.toContain('href="/courses/prompting/first"')
	})

	it('leads to the course page from a way that has ended, though another way keeps the course open', () => {
		const ended: MyCourse = { ...open, state: { ...open.state, tone: 'ended' } }
		expect(draw([ended])).not.toContain('href="/courses/prompting/first"')
	})

	it('leads to the course page when no lesson is out yet', () => {
		expect(draw([{ ...open, firstLessonSlug: null }])).toContain('href="/courses/prompting"')
	})

	it('keeps the same course apart by where it came from', () => {
		const html = draw([open, { ...open, key: 'purchase-1', source: { ...open.source, kind: 'bought-here' } }])
		expect(html).toContain('From your Total TypeScript bundle')
		expect(html).toContain('Bought here')
	})

	it('says what to do when there is nothing yet', () => {
		expect(draw([])).toContain('No courses yet')
	})
})
