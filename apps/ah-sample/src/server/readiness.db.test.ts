import { describe, expect, it } from 'vitest'
import { readReadiness } from './readiness'

describe('readiness', () => {
	it('is told by the database', async () => {
		expect(await readReadiness()).toMatchObject({ database: 'ok' })
	})

	it('is refused within seconds when the database accepts and never answers', async () => {
		const startedAt = Date.now()
		const never = () => new Promise<{ oldestSeconds: number }>(() => {})
		expect(await readReadiness(never)).toEqual({
			ready: false,
			database: 'unreachable',
			oldestUnsentSeconds: null,
		})
		expect(Date.now() - startedAt).toBeLessThan(5_000)
	})

	it('is refused when something has waited for ten minutes', async () => {
		expect(await readReadiness(async () => ({ oldestSeconds: 601 }))).toMatchObject({ ready: false })
	})
})
