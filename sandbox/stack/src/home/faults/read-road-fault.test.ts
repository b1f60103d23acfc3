import { FAULT_KINDS } from '@sandbox/fault-proxy'
import { describe, expect, it } from 'vitest'
import { ROAD_NAMES } from '../../roads/road-names.ts'
import { FAULT_WORDS } from './fault-words.ts'
import { RoadFaultError, readRoadFault } from './read-road-fault.ts'
import { ROAD_WORDS } from './road-words.ts'

const read = (fields: Record<string, string>) =>
  readRoadFault(new URLSearchParams({ road: 'ttToAhInngest', kind: 'drop', ...fields }))

describe('the panel’s form', () => {
  it('makes a fault of a road, a kind and how often', () => {
    expect(read({})).toEqual({ road: 'ttToAhInngest', fault: { kind: 'drop' } })
    expect(read({ times: '3', share: '1' }).fault).toEqual({ kind: 'drop', times: 3 })
    expect(read({ share: '0.5' }).fault).toMatchObject({ kind: 'drop', probability: 0.5 })
  })

  it('takes the number that the kind needs, and no other', () => {
    const numbers = { milliseconds: '750', status: '502' }
    expect(read({ kind: 'delay', ...numbers }).fault).toEqual({ kind: 'delay', delayMs: 750 })
    expect(read({ kind: 'reorder', ...numbers }).fault).toEqual({ kind: 'reorder', holdMs: 750 })
    expect(read({ kind: 'status', ...numbers }).fault).toEqual({ kind: 'status', status: 502 })
    expect(read({ kind: 'hang', ...numbers }).fault).toEqual({ kind: 'hang' })
  })

  it.each([
    [{ road: 'toTheMoon' }],
    [{ kind: 'magic' }],
    [{ kind: 'status', status: '200' }],
    [{ share: '2' }],
    [{ times: '-1' }],
    [{ kind: 'delay', milliseconds: 'soon' }],
  ])('refuses %o in words for people', (fields) => {
    expect(() => read(fields)).toThrow(RoadFaultError)
  })

  it('names every road, and every fault that the proxy knows', () => {
    expect(Object.keys(ROAD_WORDS).sort()).toEqual([...ROAD_NAMES].sort())
    const offered = FAULT_WORDS.map(({ kind }) => kind)
    // `status503` is `status` with one of its numbers.
    expect(FAULT_KINDS.filter((kind) => !offered.includes(kind))).toEqual(['status503'])
  })
})
