/**
 * A `fetch` that ends. Node's own waits for minutes on a server that accepts a connection and never answers.
 *
 * @param milliseconds how long one request may take, its own signal aside
 */
export function fetchWithin(milliseconds: number): typeof fetch {
	return (input, init) => fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(milliseconds) })
}
