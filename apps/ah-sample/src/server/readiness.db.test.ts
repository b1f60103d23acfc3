import { describe, expect, it } from 'vitest'
import { readReadiness } from './readiness'

describe('readiness', () => {
	it('is told by the database', async () => {
		expect(await readReadiness()).toMatchObject({ database: 'ok' })
	})

	it('is refused within seconds when the database accepts and never answers', async () => {
		const startedAt = Date.now()
		const never = () => new Promise<never>(() => {})
		expect(await readReadiness(never)).toEqual({
			ready: false,
			database: 'unreachable',
			oldestUnsentSeconds: null,
			oldestUnsentMailSeconds: null,
		})
		expect(Date.now() - startedAt).toBeLessThan(5_000)
	})

	it('is refused when something has waited for ten minutes', async () => {
		const read = async () => ({ oldestSeconds: 601, oldestMailSeconds: 0 })
		expect(await readReadiness(read)).toMatchObject({ ready: false })
	})

	it('is not refused because mails wait: that is told beside it', async () => {
		const read = async () => ({ oldestSeconds: 0, oldestMailSeconds: 86_400 })
		expect(await readReadiness(read)).toMatchObject({ ready: true, oldestUnsentMailSeconds: 86_400 })
	})
})
