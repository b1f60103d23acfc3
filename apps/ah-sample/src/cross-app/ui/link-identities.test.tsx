import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LinkIdentities } from './link-identities'

describe('LinkIdentities', () => {
	const html = renderToStaticMarkup(
		<LinkIdentities
			identities={[
				{ appName: 'Total TypeScript', name: 'Ada <b>', email: 'ada@tt.example' },
				{ appName: 'AI Hero', name: null, email: 'ada@ah.example' },
			]}
		/>,
	)

	it('shows both accounts with the app each belongs to', () => {
		expect(html).toContain('Total TypeScript')
		expect(html).toContain('AI Hero')
		expect(html).toContain('Ada &lt;b&gt;')
	})

	it('always shows both addresses, since a name proves nothing', () => {
		expect(html).toContain('ada@tt.example')
		expect(html).toContain('ada@ah.example')
	})
})
