import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Inngest } from 'inngest'
import { expect, it, onTestFinished } from 'vitest'
import { fetchWithin } from './fetch-within'

async function serverThat(answers: boolean): Promise<string> {
	const server = createServer((_request, response) => {
		if (answers) response.end('{"ids":["1"],"status":200}')
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('ends when the server accepts and never answers', async () => {
	await expect(fetchWithin(50)(await serverThat(false))).rejects.toThrow(/timeout/)
})

it('is the fetch that an Inngest client sends with', async () => {
	const send = async (answers: boolean) => {
		const options = { id: 'test', eventKey: 'key', isDev: false, baseUrl: await serverThat(answers) }
		return new Inngest({ ...options, fetch: fetchWithin(50) }).send({ name: 'a/b', data: {} })
	}
	await expect(send(false)).rejects.toThrow()
	await expect(send(true)).resolves.toEqual({ ids: ['1'] })
})
