import { describe, expect, it } from 'vitest'
import { db } from '@/db'
import { authAdapter } from './auth-adapter'
import { mayMailSignInLink } from './may-mail-sign-in-link'

const MINUTE = 60_000
const adapter = authAdapter(db)

/** As Auth.js notes a link that it mails. */
async function mail(email: string, at: Date): Promise<string> {
	const token = crypto.randomUUID()
	const expires = new Date(at.getTime() + 30 * MINUTE)
	await adapter.createVerificationToken?.({ identifier: email, token, expires })
	return token
}

describe('the sign-in mail', () => {
	const start = new Date('2026-11-21T10:00:00Z')
	const after = (minutes: number) => new Date(start.getTime() + minutes * MINUTE)

	it('goes five times in a row to an address that follows none of the links, then once in ten minutes', async () => {
		const email = `${crypto.randomUUID()}@example.com`
		for (let time = 0; time < 5; time += 1) {
			expect(await mayMailSignInLink({ email, now: start })).toBe(true)
			await mail(email, start)
		}
		expect(await mayMailSignInLink({ email, now: start })).toBe(false)
		expect(await mayMailSignInLink({ email, now: after(9.9) })).toBe(false)
		expect(await mayMailSignInLink({ email, now: after(10) })).toBe(true)
		await mail(email, after(10))
		expect(await mayMailSignInLink({ email, now: after(19.9) })).toBe(false)
		// Another address is another matter, and links that are over don't count.
		expect(await mayMailSignInLink({ email: `x${email}`, now: start })).toBe(true)
		expect(await mayMailSignInLink({ email, now: after(30) })).toBe(true)
	})

	it('is never kept from somebody who follows the links', async () => {
		const email = `${crypto.randomUUID()}@example.com`
		for (let time = 0; time < 12; time += 1) {
			expect(await mayMailSignInLink({ email, now: start })).toBe(true)
			await adapter.useVerificationToken?.({ identifier: email, token: await mail(email, start) })
		}
	})
})
