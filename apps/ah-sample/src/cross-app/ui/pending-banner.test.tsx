import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { PendingBanner } from './pending-banner'

describe('PendingBanner', () => {
	const state = {
		tone: 'pending' as const,
		badge: 'Waiting for you',
		sentence: 'Link your account and it opens.',
		moving: false,
		action: { label: 'Link your accounts', href: 'http://tt.test/account' },
		reference: null,
	}

	it('names what waits, and leads to what opens it', () => {
		const html = renderToStaticMarkup(<PendingBanner courseTitles={['Prompting', 'Evals']} state={state} />)
		expect(html).toContain('Prompting and Evals')
		expect(html).toContain('href="http://tt.test/account"')
	})

	it('draws nothing when nothing waits', () => {
		expect(renderToStaticMarkup(<PendingBanner courseTitles={[]} state={state} />)).toBe('')
	})
})
