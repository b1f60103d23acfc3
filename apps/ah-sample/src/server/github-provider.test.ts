import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gitHubProvider, readProfile } from './github-provider'

/** A GitHub that really checks the token, unlike the sandbox. */
const accounts: Record<string, { user: object; emails: object[] }> = {
	'Bearer public': {
		user: { id: 7, login: 'ada', name: null, email: 'Ada@Example.com' },
		emails: [{ email: 'Ada@Example.com', primary: true, verified: true }],
	},
	'Bearer boastful': {
		user: { id: 10, login: 'mallory', email: 'victim@example.com' },
		emails: [{ email: 'victim@example.com', primary: true, verified: false }],
	},
	'Bearer hidden': {
		user: { id: 8, login: 'ben', email: null },
		emails: [
			{ email: 'old@example.com', primary: false, verified: true },
			{ email: 'main@example.com', primary: true, verified: true },
		],
	},
	'Bearer unverified': {
		user: { id: 9, login: 'eve', email: null },
		emails: [{ email: 'victim@example.com', primary: true, verified: false }],
	},
}
const server = createServer((request, response) => {
	const account = accounts[request.headers.authorization ?? '']
	response.writeHead(account === undefined ? 401 : 200, { 'content-type': 'application/json' })
	response.end(JSON.stringify(request.url === '/user' ? account?.user : account?.emails))
})
let base = ''
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
	server.close()
})

describe('who signed in with GitHub', () => {
	it('is asked with the access token, and ids become text', async () => {
		expect(await readProfile(base, 'public')).toMatchObject({ id: '7', email: 'ada@example.com' })
	})

	it('does not get an address for showing it in public: GitHub must have verified it', async () => {
		expect(await readProfile(base, 'boastful')).toMatchObject({ id: '10', email: null })
	})

	it('may only come back to the browser that left, by its state and its PKCE verifier', () => {
		const options = { clientId: 'id', clientSecret: 'secret', baseUrl: base, apiBaseUrl: base }
		expect(gitHubProvider(options).checks).toEqual(['pkce', 'state'])
	})

	it('gets the primary verified address when none is public', async () => {
		expect(await readProfile(base, 'hidden')).toMatchObject({ id: '8', email: 'main@example.com' })
	})

	it('has no address when GitHub has verified none; the sign-in is refused then', async () => {
		expect(await readProfile(base, 'unverified')).toMatchObject({ id: '9', email: null })
	})

	it('is nobody without a token or with a wrong one', async () => {
		await expect(readProfile(base, undefined)).rejects.toThrow(/no access token/)
		await expect(readProfile(base, '')).rejects.toThrow(/no access token/)
		await expect(readProfile(base, 'made-up')).rejects.toThrow(/401/)
	})

	it('is asked at the configured addresses only', () => {
		const provider = gitHubProvider({
			clientId: 'id',
			clientSecret: 'secret',
			baseUrl: 'http://127.0.0.1:1',
			apiBaseUrl: 'http://127.0.0.1:2',
		})
		expect(JSON.stringify(provider)).not.toContain('github.com')
	})
})
