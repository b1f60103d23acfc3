import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discordProvider, readDiscordProfile } from './discord-provider'

/** A Discord that really checks the token. */
const accounts: Record<string, object> = {
	'Bearer verified': { id: '80351110224678912', username: 'ada', email: 'Ada@Example.com', verified: true },
	'Bearer unverified': { id: '2', username: 'mallory', email: 'victim@example.com', verified: false },
	'Bearer silent': { id: '3', username: 'ben', global_name: 'Ben', email: null, verified: true },
	'Bearer not-asked': { id: '4', username: 'eve' },
}
const server = createServer((request, response) => {
	const account = request.url === '/users/@me' ? accounts[request.headers.authorization ?? ''] : undefined
	response.writeHead(account === undefined ? 401 : 200, { 'content-type': 'application/json' })
	response.end(JSON.stringify(account ?? { message: '401: Unauthorized' }))
})
let base = ''
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
	server.close()
})

describe('who signed in with Discord', () => {
	it('is asked with the access token', async () => {
		expect(await readDiscordProfile(base, 'verified')).toMatchObject({
			id: '80351110224678912',
			email: 'ada@example.com',
		})
	})

	it.each(['unverified', 'silent', 'not-asked'])(
		'has no address when Discord has verified none (%s)',
		async (token) => {
			expect(await readDiscordProfile(base, token)).toMatchObject({ email: null })
		},
	)

	it('is nobody without a token or with a wrong one', async () => {
		await expect(readDiscordProfile(base, undefined)).rejects.toThrow(/no access token/)
		await expect(readDiscordProfile(base, '')).rejects.toThrow(/no access token/)
		await expect(readDiscordProfile(base, 'made-up')).rejects.toThrow(/401/)
	})

	it('may only come back to the browser that left, by its state and its PKCE verifier', () => {
		const options = { clientId: 'id', clientSecret: 'secret', baseUrl: base, apiBaseUrl: base }
		expect(discordProvider(options).checks).toEqual(['pkce', 'state'])
		expect(JSON.stringify(discordProvider(options))).not.toContain('discord.com')
	})
})
