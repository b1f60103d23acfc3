import { describe, expect, it } from 'vitest'
import type { GrantDescription } from '@/cross-app'
import { lockMayStillChange, mayStillChange } from './may-still-change'

const ready: GrantDescription = {
	tone: 'ready',
	badge: 'Ready',
	sentence: 'It is open.',
	moving: false,
	action: null,
	reference: null,
}
const pending: GrantDescription = { ...ready, tone: 'pending' }

describe('mayStillChange', () => {
	it('keeps looking while something moves by itself', () => {
		expect(mayStillChange({ ...ready, moving: true })).toBe(true)
	})

	it('keeps looking while something waits for the reader, who may do it in another tab', () => {
		expect(mayStillChange(pending)).toBe(true)
	})

	it('stops when a course is ready, on hold or ended', () => {
		expect(mayStillChange(ready)).toBe(false)
		expect(mayStillChange({ ...ready, tone: 'attention' })).toBe(false)
		expect(mayStillChange({ ...ready, tone: 'ended' })).toBe(false)
	})
})

describe('lockMayStillChange', () => {
	it('keeps looking while the course waits behind a pending grant', () => {
		expect(lockMayStillChange({ reason: 'grant', grant: pending })).toBe(true)
	})

	it('does not look again for an open course, a stranger or a course that is not owned', () => {
		expect(lockMayStillChange(null)).toBe(false)
		expect(lockMayStillChange({ reason: 'signed-out' })).toBe(false)
		expect(lockMayStillChange({ reason: 'not-owned' })).toBe(false)
	})
})
