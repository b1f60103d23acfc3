import { describe, expect, it } from 'vitest'
import { attentionWeights } from './attention-weights'

describe('attentionWeights', () => {
	it('draws the same picture for the same seed', () => {
		expect(attentionWeights('evals', 9)).toEqual(attentionWeights('evals', 9))
	})

	it('draws another picture for another seed', () => {
		expect(attentionWeights('evals', 9)).not.toEqual(attentionWeights('tokens', 9))
	})

	it('lets each row look only at itself and at what came before', () => {
		expect(attentionWeights('evals', 4).map((row) => row.length)).toEqual([1, 2, 3, 4])
	})

	it('keeps every weight between 0 and 1, with a full one in each row', () => {
		for (const row of attentionWeights('evals', 9)) {
			expect(Math.max(...row)).toBe(1)
			expect(Math.min(...row)).toBeGreaterThanOrEqual(0)
		}
	})
})
