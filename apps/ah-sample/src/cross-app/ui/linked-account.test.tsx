import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LinkedAccount, type LinkedAccountView } from './linked-account'

const linked: LinkedAccountView = {
	linked: true,
	appName: 'Total TypeScript',
	as: 'ada@tt.example',
	since: '2026-01-05T08:00:00.000Z',
	method: 'Confirmed by you',
}

function draw(account: LinkedAccountView): string {
	return renderToStaticMarkup(<LinkedAccount account={account} unlinkPath="/profile/unlink" />)
}

describe('LinkedAccount', () => {
	it('says as whom, by what and since when the accounts are linked', () => {
		const html = draw(linked)
		expect(html).toContain('ada@tt.example')
		expect(html).toContain('Confirmed by you')
		expect(html).toContain('5 January 2026')
	})

	it('shows no address when nobody confirmed the link', () => {
		const html = draw({ ...linked, as: null, method: 'Same GitHub account' })
		expect(html).not.toContain('@')
		expect(html).not.toContain(' as ')
		expect(html).toContain('Same GitHub account')
	})

	it('says what stays and what stops before it offers to unlink', () => {
		const html = draw(linked)
		expect(html.indexOf('stays open')).toBeLessThan(html.indexOf('Unlink</button>'))
		expect(html).toContain('no longer opens here by itself')
	})

	it('asks on a page of its own before it unlinks: the button changes nothing', () => {
		expect(draw(linked)).toContain('<form action="/profile/unlink">')
	})

	it('leads to where accounts are linked when they are not', () => {
		const html = draw({ linked: false, appName: 'Total TypeScript', linkHref: 'http://tt.test/account' })
		expect(html).toContain('Not linked')
		expect(html).toContain('href="http://tt.test/account"')
		expect(html).not.toContain('Unlink')
	})
})
