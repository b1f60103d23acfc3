import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Course, CourseLock } from '@/access/course-types'
import type { GrantDescription } from '@/cross-app'
import { CourseLockPanel } from './course-lock-panel'

const bundleHref = 'http://tt.test/products/typescript-plus-ai'

const pending: GrantDescription = {
	tone: 'pending',
	badge: 'Waiting for you',
	sentence: 'Link your account and the course opens.',
	moving: true,
	action: { label: 'Link your accounts', href: 'http://tt.test/account' },
	reference: null,
}

function drawLocked(lock: CourseLock, price: Course['price'] = { amount: 19_900, currency: 'usd' }): string {
	const course: Course = {
		slug: 'prompting',
		title: 'Prompting',
		tagline: 'Ask well.',
		description: 'How to ask.',
		lessonCount: 0,
		minutes: 0,
		hasAccess: false,
		productId: 'product-prompting',
		price,
		lessons: [],
		lock,
	}
	return renderToStaticMarkup(
		<CourseLockPanel
			course={course}
			lock={lock}
			returnPath="/courses/prompting/first?x=1"
			bundleHref={bundleHref}
		/>,
	)
}

describe('CourseLockPanel', () => {
	it('sells the course and points to the bundle when it is not owned', () => {
		const html = drawLocked({ reason: 'not-owned' })
		expect(html).toContain('Buy for $199')
		expect(html).toContain('action="/api/checkout"')
		expect(html).toContain('value="product-prompting"')
		expect(html).toContain(bundleHref)
	})

	it('does not sell a course that has no price here', () => {
		expect(drawLocked({ reason: 'not-owned' }, null)).not.toContain('/api/checkout')
	})

	it('asks a signed-out reader to sign in, and comes back to the same page', () => {
		const html = drawLocked({ reason: 'signed-out' })
		expect(html).not.toContain('/api/checkout')
		expect(html).toContain('href="/sign-in?callbackUrl=%2Fcourses%2Fprompting%2Ffirst%3Fx%3D1"')
	})

	it('prints the words of the server for a pending grant and does not sell the course a second time', () => {
		const html = drawLocked({ reason: 'grant', grant: pending })
		expect(html).toContain(pending.badge)
		expect(html).toContain(pending.sentence)
		expect(html).toContain('href="http://tt.test/account"')
		expect(html).not.toContain('/api/checkout')
	})

	it('does not sell a course that is on hold, and shows what to quote to support', () => {
		const grant: GrantDescription = {
			...pending,
			tone: 'attention',
			moving: false,
			action: null,
			reference: 'purchase_1',
		}
		const html = drawLocked({ reason: 'grant', grant })
		expect(html).toContain('purchase_1')
		expect(html).not.toContain('/api/checkout')
	})

	it('sells a course again whose grant has ended', () => {
		const grant: GrantDescription = { ...pending, tone: 'ended', moving: false, action: null }
		expect(drawLocked({ reason: 'grant', grant })).toContain('/api/checkout')
	})
})
