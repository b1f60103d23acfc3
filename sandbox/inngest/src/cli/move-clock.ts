import { StartError } from '../errors.ts'

/**
 * Asks a running server for its time, or to put its clock forward.
 *
 * @returns the server's time afterwards, as an ISO date
 * @throws StartError when there is no server, or it refuses
 */
export async function moveClock(url: string, jump: Record<string, string> | undefined): Promise<string> {
  let response: Response
  try {
    response = await fetch(url, jump === undefined ? {} : { method: 'POST', body: JSON.stringify(jump) })
  } catch {
    throw new StartError(`There is no server at ${new URL(url).origin}; start it, or give its --port.`)
  }
  const answer: { now?: string; error?: string } = await response.json()
  if (response.ok && answer.now !== undefined) return answer.now
  throw new StartError(answer.error ?? `The server answered with HTTP ${response.status}.`)
}
