import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ReceivedEvent = {
	path: string
	event: { id?: string; name: string; data: Record<string, unknown> }
}

const globals = globalThis as typeof globalThis & {
	receivedEvents?: ReceivedEvent[]
	eventApiStatus?: number
}

/** What arrived at the event API of this test file, in order. */
export function receivedEvents(): ReceivedEvent[] {
	globals.receivedEvents ??= []
	return globals.receivedEvents
}

/** Lets the event API answer with another status, such as 503. */
export function answerEventsWith(status: number): void {
	globals.eventApiStatus = status
}

/** Starts a server that takes events as Inngest's event API does, on a free port of this machine. */
export async function startEventApi(): Promise<{ url: string; close(): Promise<void> }> {
	const server = createServer((request, response) => {
		let body = ''
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString('utf8')
		})
		request.on('end', () => {
			const status = globals.eventApiStatus ?? 200
			response.writeHead(status, { 'content-type': 'application/json' })
			if (status === 200) record(request.url ?? '', body)
			response.end(JSON.stringify({ ids: ['01'], status }))
		})
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				server.closeAllConnections()
			}),
	}
}

function record(path: string, body: string): void {
	const parsed = JSON.parse(body) as ReceivedEvent['event'] | ReceivedEvent['event'][]
	for (const event of Array.isArray(parsed) ? parsed : [parsed]) receivedEvents().push({ path, event })
}
