import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from './merge-timeline'
import { type OtherHalf, Timeline } from './timeline'

const entry = (id: string, change: Partial<TimelineEntry> = {}): TimelineEntry => ({
	id,
	at: '2026-11-21T10:00:00.000Z',
	actor: 'ai-hero',
	action: 'grant.applied',
	subject: 'grant-1',
	data: { revision: 3, status: 'active', productId: 'product-evals' },
	...change,
})
const markup = (here: TimelineEntry[], there: OtherHalf) =>
	renderToStaticMarkup(<Timeline here={here} there={there} hereName="AI Hero" thereName="Total TypeScript" />)

describe('the timeline of both apps', () => {
	it('tells whose each part is, what became of it, and of which course', () => {
		const html = markup([entry('a')], {
			reached: true,
			rows: [entry('b', { action: 'sync.sending', actor: 'total-typescript' })],
		})
		for (const text of ['grant.applied', 'sync.sending', 'revision 3', 'active', 'product-evals']) {
			expect(html).toContain(text)
		}
		expect(html.match(/data-app="here"/g)).toHaveLength(1)
		expect(html.match(/data-app="there"/g)).toHaveLength(1)
	})

	it('shows its own half and a sentence when the other app is away', () => {
		const html = markup([entry('a')], { reached: false, reason: 'Total TypeScript could not be reached.' })
		expect(html).toContain('Total TypeScript’s half is missing')
		expect(html).toContain('could not be reached')
		expect(html).toContain('grant.applied')
	})

	it('says that nothing was recorded, rather than being empty', () => {
		expect(markup([], { reached: true, rows: [] })).toContain('Nothing has been recorded yet')
		expect(markup([entry('a')], { reached: true, rows: [] })).toContain(
			'Total TypeScript has recorded nothing about this',
		)
	})

	it('shows what went wrong, and text as text', () => {
		const html = markup(
			[entry('a', { action: 'alert.email-refused', data: { error: '<b>no</b>', reason: 'a reason' } })],
			{ reached: true, rows: [] },
		)
		expect(html).toContain('&lt;b&gt;no&lt;/b&gt;')
		expect(html).toContain('a reason')
	})
})
