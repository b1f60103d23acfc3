import { describe, expect, it } from 'vitest'
import { createLog, redact } from './log'

describe('the log', () => {
	const lines: string[] = []
	const log = createLog((line) => lines.push(line))

	it('writes one JSON object a line', () => {
		log.info('cross_app.grant_applied', { grantId: 'g1', revision: 2 })
		expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
			level: 'info',
			message: 'cross_app.grant_applied',
			grantId: 'g1',
			revision: 2,
		})
	})

	it('keeps no secret, token or address, wherever it stands', () => {
		const token = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`
		log.error('failed', {
			authorization: 'Bearer abc',
			nested: { CROSS_APP_SECRET: 'hunter2', proof: token, list: [{ accessToken: 'hunter2' }] },
			text: `ada@example.com sent ${token}`,
			error: new Error('no user jo.é+x@example.co.uk', { cause: new Error(`bad ${token}`) }),
		})
		const line = lines.at(-1) ?? ''
		for (const secret of ['Bearer abc', 'hunter2', token, 'ada@example.com', 'example.co.uk']) {
			expect(line).not.toContain(secret)
		}
		expect(line).toContain('no user')
	})

	it('keeps no encrypted token, whose second part is empty', () => {
		const encrypted = `eyJ${'h'.repeat(20)}..${'iv'.repeat(8)}.${'c'.repeat(40)}.${'t'.repeat(22)}`
		log.error('auth', { error: new Error(`state was ${encrypted}, expected`) })
		expect(lines.at(-1)).toContain('state was [token], expected')
	})

	it('leaves out the parameters of a failed query', () => {
		const error = new Error('Failed query: select * from `AI_User` where email = ?\nparams: someone at home')
		expect(JSON.stringify(redact({ error }))).not.toContain('someone at home')
	})

	it('ends on a value that contains itself', () => {
		const circular: Record<string, unknown> = {}
		circular.self = circular
		expect(() => JSON.stringify(redact(circular))).not.toThrow()
	})
})
