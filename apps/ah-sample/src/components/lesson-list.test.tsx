import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LessonList } from './lesson-list'

const lessons = [
	{ slug: 'first', title: 'First', minutes: 5 },
	{ slug: 'second', title: 'Second', minutes: 65 },
]

describe('LessonList', () => {
	it('marks the lesson that is open', () => {
		const html = renderToStaticMarkup(
			<LessonList courseSlug="prompting" lessons={lessons} locked={false} currentSlug="second" />,
		)
		expect(html.match(/aria-current="page"/g)).toHaveLength(1)
		expect(html).toMatch(/aria-current="page"[^>]*href="\/courses\/prompting\/second"/)
	})

	it('says in words that a lesson is locked, and still leads to it', () => {
		const html = renderToStaticMarkup(<LessonList courseSlug="prompting" lessons={lessons} locked />)
		expect(html.match(/aria-label="Locked\."/g)).toHaveLength(2)
		expect(html).toContain('href="/courses/prompting/first"')
	})

	it('says so when a course has no lessons yet', () => {
		expect(renderToStaticMarkup(<LessonList courseSlug="prompting" lessons={[]} locked={false} />)).toContain(
			'not out yet',
		)
	})
})
