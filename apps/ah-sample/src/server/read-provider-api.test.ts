import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readProviderApi } from './read-provider-api'

const seen: (string | undefined)[] = []
const server = createServer((request, response) => {
	seen.push(request.headers.authorization)
	if (request.url === '/moved') response.writeHead(302, { location: '/me' })
	else response.writeHead(request.headers.authorization === 'Bearer good' ? 200 : 401)
	response.end('{"id":"1"}')
})
let base = ''
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
	server.close()
})
const read = (path: string, accessToken: string | undefined) =>
	readProviderApi({ provider: 'GitHub', url: `${base}${path}`, accessToken })

describe('readProviderApi', () => {
	it('asks with the person’s token', async () => {
		expect(await read('/me', 'good')).toEqual({ id: '1' })
	})

	it('asks nobody without one', async () => {
		seen.length = 0
		for (const token of [undefined, '']) await expect(read('/me', token)).rejects.toThrow(/no access token/)
		expect(seen).toEqual([])
	})

	it('says what the provider answered, and never the token', async () => {
		const error = await read('/me', 'made-up').catch((reason: unknown) => reason)
		expect(String(error)).toContain('GitHub did not tell who signed in: it answered 401')
		expect(String(error)).not.toContain('made-up')
	})

	it('follows no redirect with the token', async () => {
		seen.length = 0
		await expect(read('/moved', 'good')).rejects.toThrow()
		expect(seen).toHaveLength(1)
	})
})
