import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALERT_KINDS } from '@/cross-app/audit/describe-alert'
import { describeAnyAlert, SHOP_ALERTS } from './describe-shop-alert'

/** The kinds that a source text raises: the action beside a call of `raiseAlert` or `alert`, or written as `alert.…`. */
function raisedIn(source: string): string[] {
	const called = [...source.matchAll(/\b(?:raiseAlert|alert)\([\s\S]{0,160}?action: '([\w-]+)'/g)]
	const written = [...source.matchAll(/'alert\.([\w-]+)'/g)]
	return [...called, ...written].map((match) => match[1] ?? '')
}

const root = new URL('../', import.meta.url)
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.includes('testing/'))
	.map((file) => readFileSync(new URL(file, root), 'utf8'))

describe('every alert that the source can raise', () => {
	const kinds = [...new Set(sources.flatMap(raisedIn))].sort()

	it.each(kinds)('%s says what it means and what to do', (kind) => {
		const description = describeAnyAlert(kind)
		expect(description).not.toEqual(describeAnyAlert('never-heard-of'))
		for (const text of Object.values(description)) expect(text.length).toBeGreaterThan(10)
	})

	it('and no other is described', () => {
		expect([...ALERT_KINDS, ...Object.keys(SHOP_ALERTS)].sort()).toEqual(kinds)
	})

	it('control: one that nobody described is noticed', () => {
		expect(raisedIn("await raiseAlert(context, tx, { ...entry, action: 'brand-new' })")).toEqual([
			'brand-new',
		])
		expect(describeAnyAlert('brand-new')).toEqual(describeAnyAlert('never-heard-of'))
		expect(describeAnyAlert('constructor')).toEqual(describeAnyAlert('never-heard-of'))
	})
})
