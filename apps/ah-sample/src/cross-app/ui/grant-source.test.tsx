import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { GrantDescription } from '../grants/describe-grant'
import { describeSource, GrantSource } from './grant-source'

const at = '2026-03-01T23:30:00.000Z'
const onHold: GrantDescription = {
	tone: 'attention',
	badge: 'On hold',
	sentence: 'The payment is disputed.',
	moving: false,
	action: null,
	reference: 'purchase_1',
}

describe('describeSource', () => {
	it('names the seller and the bundle', () => {
		expect(describeSource({ kind: 'bundle', bundleName: 'TypeScript + AI', at }, 'Total TypeScript')).toBe(
			'From your Total TypeScript bundle “TypeScript + AI”',
		)
	})

	it('does without the name of the bundle when it is unknown', () => {
		expect(describeSource({ kind: 'bundle', bundleName: null, at }, 'Total TypeScript')).toBe(
			'From your Total TypeScript bundle',
		)
	})

	it('says that a course was bought here', () => {
		expect(describeSource({ kind: 'bought-here', at }, 'Total TypeScript')).toBe('Bought here')
	})
})

describe('GrantSource', () => {
	const html = renderToStaticMarkup(
		<GrantSource source={{ kind: 'bought-here', at }} state={onHold} sellerName="Total TypeScript" />,
	)

	it('prints the state in the words it was given', () => {
		expect(html).toContain('On hold')
		expect(html).toContain('The payment is disputed.')
	})

	it('shows what to quote to support', () => {
		expect(html).toContain('purchase_1')
	})

	it('prints the day in UTC, whatever the zone of the machine', () => {
		expect(html).toContain('1 March 2026')
	})

	it('has no link when there is nothing to do', () => {
		expect(html).not.toContain('<a ')
	})

	it('links to what can be done', () => {
		const waiting: GrantDescription = {
			...onHold,
			action: { label: 'Link your accounts', href: 'http://tt.test/account' },
		}
		expect(
			renderToStaticMarkup(
				<GrantSource source={{ kind: 'bought-here', at }} state={waiting} sellerName="Total TypeScript" />,
			),
		).toContain('href="http://tt.test/account"')
	})
})
