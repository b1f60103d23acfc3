import { expect, it } from 'vitest'
import { parseDuration, parseWakeTime } from './durations.ts'

it.each([
  ['1s', 1000],
  ['2h30m', 9_000_000],
  ['1w2d3h4m5s', 788_645_000],
  ['1.5s', 1500],
  ['250ms', 250],
  ['', 0],
  ['soon', undefined],
  ['1', undefined],
  ['1s later', undefined],
])('reads the duration %j as %j ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

it('reads a wake time as a duration from now or as a date', () => {
  expect(parseWakeTime('1m', 1000)).toBe(61_000)
  expect(parseWakeTime('2031-01-01T00:00:00.000Z', 1000)).toBe(Date.UTC(2031, 0, 1))
  expect(parseWakeTime('2031-13-01T00:00:00.000Z', 1000)).toBeUndefined()
})
