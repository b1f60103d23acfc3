import { describe, expect, it } from 'vitest'
import { type DescribableGrant, describeGrant } from './describe-grant'

const grant = (change: Partial<DescribableGrant>): DescribableGrant => ({
	status: 'active',
	ownerProven: true,
	stopReason: null,
	sourcePurchaseId: 'purchase-1',
	...change,
})
const worded = (change: Partial<DescribableGrant>) =>
	describeGrant(grant(change), { sellerLinkUrl: 'https://tt.example/account' })

describe('describeGrant', () => {
	it('says ready when the course is open', () => {
		expect(worded({})).toMatchObject({ tone: 'ready', action: null, reference: null })
	})

	it('sends an unlinked buyer to link', () => {
		expect(worded({ status: 'pending' })).toMatchObject({
			tone: 'pending',
			action: { href: 'https://tt.example/account', label: 'Link your accounts' },
		})
	})

	it('asks a guest to confirm the address first', () => {
		expect(worded({ status: 'pending', ownerProven: false }).badge).toBe('Confirm your email')
	})

	it('gives a reference for support only while something is on hold', () => {
		expect(worded({ status: 'suspended', stopReason: 'dispute' })).toMatchObject({
			tone: 'attention',
			reference: 'purchase-1',
		})
		expect(worded({ status: 'suspended', stopReason: 'hold' }).sentence).toMatch(/support/)
		expect(worded({ status: 'revoked', stopReason: 'refund' }).reference).toBeNull()
	})

	it('tells a refund from a reversed payment', () => {
		expect(worded({ status: 'revoked', stopReason: 'refund' }).sentence).toMatch(/refunded/)
		expect(worded({ status: 'revoked', stopReason: 'dispute' }).sentence).toMatch(/reversed/)
	})

	it('uses badges of at most three words', () => {
		for (const status of ['active', 'pending', 'suspended', 'revoked'] as const) {
			expect(worded({ status }).badge.split(' ').length).toBeLessThanOrEqual(3)
		}
	})
})
