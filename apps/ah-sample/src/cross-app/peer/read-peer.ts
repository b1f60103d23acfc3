import { CrossAppError } from '@cross-app/shared'
import type { SendingContext } from '../context'

const TIMEOUT_MS = 5_000

/** What reads the other app needs. */
export type PeerContext = Pick<SendingContext, 'bridge' | 'log'> & {
	/** Where the other app's read API is, without a slash at the end. */
	peerApiUrl: string
}

/** The other app's read API could not be read; the message is a sentence for people. */
export class ReadPeerError extends CrossAppError {
	constructor(message: string, cause?: unknown) {
		super('read-peer', message, { retryable: true, cause })
	}
}

/**
 * GETs one path of Total TypeScript's read API with a fresh token.
 *
 * @returns the parsed JSON body, unchecked
 * @throws ReadPeerError when it can't be reached, takes more than five seconds, or answers anything but 200 and JSON
 */
export async function readPeer(
	context: PeerContext,
	input: { path: string; query: Record<string, string> },
): Promise<unknown> {
	const url = `${context.peerApiUrl}${input.path}?${new URLSearchParams(input.query)}`
	const authorization = `Bearer ${await context.bridge.createReadToken()}`
	let response: Response
	try {
		response = await fetch(url, {
			headers: { authorization },
			// A redirect would carry the token somewhere nobody configured.
			redirect: 'manual',
			cache: 'no-store',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		})
	} catch (cause) {
		throw new ReadPeerError('Total TypeScript could not be reached.', cause)
	}
	if (response.status !== 200) throw new ReadPeerError(`Total TypeScript answered ${response.status}.`)
	try {
		return await response.json()
	} catch (cause) {
		throw new ReadPeerError('Total TypeScript did not answer with JSON.', cause)
	}
}
