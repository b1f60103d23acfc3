/**
 * How long to wait before looking again while something is on its way: quickly at first, since most things arrive within
 * seconds, then ever less often, so that a page left open overnight costs next to nothing.
 *
 * @param elapsedMs milliseconds since the page began to wait
 * @returns milliseconds until the next look
 */
export function nextRefreshDelay(elapsedMs: number): number {
	if (elapsedMs < 20_000) return 1_000
	if (elapsedMs < 120_000) return 4_000
	return 30_000
}
