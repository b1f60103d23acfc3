import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from 'inngest/node'
import { crossAppFunctions } from '../functions'
import { inngest } from '../host'

export type FunctionRun =
	| { status: 'completed' }
	/** The error of a step that will not be tried again, or of the function. */
	| { status: 'failed'; error: string }
	| { status: 'retry'; error: string }

type Operation = { id: string; op: string; data?: unknown; error?: { name: string; message: string } }

export type FunctionServer = {
	/** Calls a function as an Inngest server does, step by step, each step once. */
	run(functionId: string, event: { id?: string; name: string; data: unknown }): Promise<FunctionRun>
	close(): Promise<void>
}

/** Serves all functions over HTTP, on a free port, and calls them with the real protocol. */
export async function serveFunctions(): Promise<FunctionServer> {
	const server = createServer(serve({ client: inngest, functions: crossAppFunctions }))
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo
	const url = `http://127.0.0.1:${port}/api/inngest`
	return {
		run: (functionId, event) => runToEnd(url, functionId, event),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				server.closeAllConnections()
			}),
	}
}

async function runToEnd(
	url: string,
	functionId: string,
	event: { id?: string; name: string; data: unknown },
): Promise<FunctionRun> {
	const steps: Record<string, unknown> = {}
	const stack: string[] = []
	for (let call = 0; call < 20; call += 1) {
		const response = await fetch(`${url}?fnId=ai-hero-${functionId}&stepId=step`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				ctx: {
					attempt: 0,
					disable_immediate_execution: false,
					env: '',
					run_id: `run-${crypto.randomUUID()}`,
					stack: { current: stack.length, stack },
					use_api: false,
				},
				event: { ts: Date.now(), user: {}, ...event },
				events: [{ ts: Date.now(), user: {}, ...event }],
				steps,
				use_api: false,
				version: 1,
			}),
		})
		const body: unknown = await response.json()
		if (response.status === 200) return { status: 'completed' }
		if (response.status !== 206) return describeFailure(response, body)
		for (const operation of body as Operation[]) {
			const error = `${operation.error?.name}: ${operation.error?.message}`
			if (operation.op === 'StepFailed') return { status: 'failed', error }
			if (operation.op === 'StepError') return { status: 'retry', error }
			// A pause is over at once here: what it waits for is not what a test of the function is about.
			steps[operation.id] = { data: operation.data ?? null }
			stack.push(operation.id)
		}
	}
	throw new Error(`${functionId} did not end within 20 calls.`)
}

function describeFailure(response: Response, body: unknown): FunctionRun {
	const error = JSON.stringify(body)
	return { status: response.headers.get('x-inngest-no-retry') === 'true' ? 'failed' : 'retry', error }
}
