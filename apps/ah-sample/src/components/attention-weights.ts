/**
 * Numbers for the picture that stands for a course: a causal attention map, where each row looks back at itself and at
 * what came before. The same seed always gives the same picture, on the server and in the browser.
 *
 * @param seed any text, for example a course's slug
 * @param size rows and columns
 * @returns `size` rows; row `r` has `r + 1` weights between 0 and 1, the largest of a row is 1
 */
export function attentionWeights(seed: string, size: number): number[][] {
	const random = seededRandom(seed)
	return Array.from({ length: size }, (_, row) => {
		const raw = Array.from({ length: row + 1 }, (_, column) => {
			const nearness = Math.exp(-(row - column) / 2.2)
			return 0.25 * nearness + random() ** 4
		})
		const largest = Math.max(...raw)
		return raw.map((weight) => Math.round((weight / largest) * 100) / 100)
	})
}

/** mulberry32 over an FNV-1a hash: small, and the same everywhere. Good for pictures only. */
function seededRandom(seed: string): () => number {
	let state = 0x811c9dc5
	for (let index = 0; index < seed.length; index += 1) {
		state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193)
	}
	return () => {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
	}
}
