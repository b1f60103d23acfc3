import { describe, expect, it } from 'vitest'
import { describeSignIns } from './describe-sign-ins'

const nobody = { providers: [], emailVerified: false, email: 'ada@ah.example', discordOffered: true }

describe('describeSignIns', () => {
	it('shows what is on offer, connected or not', () => {
		const ways = describeSignIns({ ...nobody, providers: [{ provider: 'github', since: null }] })
		expect(ways.map(({ key, connected }) => [key, connected])).toEqual([
			['github', true],
			['discord', false],
			['email', true],
		])
	})

	it('does not offer Discord where it is not set up', () => {
		expect(describeSignIns({ ...nobody, discordOffered: false }).map(({ key }) => key)).not.toContain(
			'discord',
		)
	})

	it('shows a connected provider though it is no longer on offer', () => {
		const ways = describeSignIns({
			...nobody,
			discordOffered: false,
			providers: [{ provider: 'discord', since: null }],
		})
		expect(ways).toContainEqual(expect.objectContaining({ key: 'discord', connected: true }))
	})

	it('shows a provider once, however many accounts of it there are', () => {
		const ways = describeSignIns({
			...nobody,
			providers: [
				{ provider: 'github', since: null },
				{ provider: 'github', since: null },
			],
		})
		expect(ways.filter(({ key }) => key === 'github')).toHaveLength(1)
	})

	it('says since when a provider is connected, when that was noted', () => {
		const ways = describeSignIns({
			...nobody,
			providers: [{ provider: 'github', since: '2026-01-05T23:30:00.000Z' }],
		})
		expect(ways.map(({ note }) => note).slice(0, 2)).toEqual(['Since 5 January 2026', null])
	})

	it('says whether the address was confirmed', () => {
		expect(describeSignIns(nobody).at(-1)?.note).toContain('not confirmed yet')
		expect(describeSignIns({ ...nobody, emailVerified: true }).at(-1)?.note).not.toContain('not')
	})
})
