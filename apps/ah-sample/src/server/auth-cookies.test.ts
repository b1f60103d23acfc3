import { expect, it } from 'vitest'
import { authCookies } from './auth-cookies'

const names = (options: { prefix: string; secure: boolean }) =>
	Object.values(authCookies(options)).map((cookie) => cookie?.name)

it('two apps or stacks on one host share no cookie', () => {
	const one = names({ prefix: 'ah', secure: false })
	const other = names({ prefix: 'ah-test', secure: false })
	expect(one.filter((name) => other.includes(name))).toEqual([])
	expect(new Set(one).size).toBe(6)
})

it('over HTTPS every cookie is secure and says so in its name', () => {
	for (const cookie of Object.values(authCookies({ prefix: 'ah', secure: true }))) {
		expect(cookie?.name).toMatch(/^__(Secure|Host)-ah\./)
		expect(cookie?.options).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax' })
	}
})
