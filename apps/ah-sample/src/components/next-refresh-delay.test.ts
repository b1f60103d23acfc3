import { describe, expect, it } from 'vitest'
import { nextRefreshDelay } from './next-refresh-delay'

/** How often a page left open looks within its first hour. */
function looksInAnHour(delay: (elapsedMs: number) => number): number {
	let looks = 0
	for (let elapsedMs = delay(0); elapsedMs < 3_600_000; elapsedMs += delay(elapsedMs)) looks += 1
	return looks
}

describe('nextRefreshDelay', () => {
	it('looks every second at first', () => {
		expect(nextRefreshDelay(0)).toBe(1_000)
		expect(nextRefreshDelay(19_999)).toBe(1_000)
	})

	it('looks less often the longer it takes', () => {
		expect(nextRefreshDelay(60_000)).toBeGreaterThan(nextRefreshDelay(1_000))
		expect(nextRefreshDelay(600_000)).toBeGreaterThan(nextRefreshDelay(60_000))
	})

	it('asks the server fewer than 200 times in an hour', () => {
		expect(looksInAnHour(nextRefreshDelay)).toBeLessThan(200)
	})

	it('control: looking every second all the time would ask thousands of times', () => {
		expect(looksInAnHour(() => 1_000)).toBeGreaterThan(3_000)
	})
})
