import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ConnectedSignIns } from './connected-sign-ins'

describe('ConnectedSignIns', () => {
	it('says of each way whether it leads into this account', () => {
		const html = renderToStaticMarkup(
			<ConnectedSignIns
				signIns={[
					{ key: 'github', name: 'GitHub', connected: true, note: null },
					{ key: 'discord', name: 'Discord', connected: false, note: null },
					{ key: 'email', name: 'Email link', connected: true, note: 'ada@ah.example' },
				]}
			/>,
		)
		expect(html).toMatch(/data-sign-in="github" data-connected="true"/)
		expect(html).toMatch(/data-sign-in="discord" data-connected="false"/)
		expect(html).toContain('Not connected')
		expect(html).toContain('ada@ah.example')
	})
})
