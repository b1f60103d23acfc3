import {CrossAppError} from '@cross-app/shared'
import type {CrossAppContext} from '../context'

const TIMEOUT_MS = 5_000

/** AI Hero's read API could not be read. */
export class ReadPeerError extends CrossAppError {
  constructor(message: string, cause?: unknown) {
    super('read-peer', message, {retryable: true, cause})
  }
}

/**
 * GETs one path of AI Hero's read API with a fresh token.
 *
 * @returns the parsed JSON body, unchecked
 * @throws ReadPeerError when it can't be reached, takes more than five seconds, or answers anything but 200 and JSON
 */
export async function readPeer(
  context: Pick<CrossAppContext, 'bridge' | 'peerApiUrl'>,
  path: string,
  query: Record<string, string>,
): Promise<unknown> {
  const url = `${context.peerApiUrl}${path}?${new URLSearchParams(query).toString()}`
  const authorization = `Bearer ${await context.bridge.createReadToken()}`
  let response: Response
  try {
    response = await fetch(url, {
      headers: {authorization},
      // A redirect would carry the token somewhere nobody configured.
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch (cause) {
    throw new ReadPeerError('AI Hero could not be reached.', cause)
  }
  if (response.status !== 200) throw new ReadPeerError(`AI Hero answered ${response.status}.`)
  try {
    return await response.json()
  } catch (cause) {
    throw new ReadPeerError('AI Hero did not answer with JSON.', cause)
  }
}
