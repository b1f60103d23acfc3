import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LinkedAccount } from './linked-account'

describe('LinkedAccount', () => {
	it('says by what and since when the accounts are linked', () => {
		const html = renderToStaticMarkup(
			<LinkedAccount linked appName="Total TypeScript" since="2026-01-05T08:00:00.000Z" method="GitHub" />,
		)
		expect(html).toContain('Total TypeScript')
		expect(html).toContain('GitHub')
		expect(html).toContain('5 January 2026')
	})

	it('leads to the link page when they are not', () => {
		const html = renderToStaticMarkup(
			<LinkedAccount linked={false} appName="Total TypeScript" linkHref="http://tt.test/account" />,
		)
		expect(html).toContain('Not linked')
		expect(html).toContain('href="http://tt.test/account"')
	})
})
