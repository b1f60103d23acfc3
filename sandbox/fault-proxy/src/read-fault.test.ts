import { describe, expect, it } from 'vitest'
import { describeFault } from './describe-fault.ts'
import { FAULT_KINDS } from './faults.ts'
import { FaultError, parseFault, readFault } from './read-fault.ts'

describe('a fault as people write it', () => {
  it.each([
    ['down', { kind: 'down' }],
    ['delay:500', { kind: 'delay', delayMs: 500 }],
    ['delay:500+200', { kind: 'delay', delayMs: 500, jitterMs: 200 }],
    ['reorder', { kind: 'reorder' }],
    ['reorder:2000', { kind: 'reorder', holdMs: 2000 }],
    ['status:502,times=3', { kind: 'status', status: 502, times: 3 }],
    ['cutRequest:10', { kind: 'cutRequest', afterBytes: 10 }],
    ['cutResponse:10', { kind: 'cutResponse', afterBytes: 10 }],
    [
      'drop,probability=0.3,seed=7,method=post,path=/e/key=1',
      { kind: 'drop', probability: 0.3, seed: 7, method: 'POST', path: '/e/key=1' },
    ],
  ])('is understood: %s', (text, fault) => {
    expect(parseFault(text)).toEqual(fault)
    expect(readFault(text)).toEqual(fault)
    expect(readFault(fault)).toEqual(fault)
  })

  it.each([
    ['slow', 'is no fault. There are down, hang'],
    ['delay', 'needs delayMs'],
    ['delay:soon', 'is no number'],
    ['delay:1+2+3', 'more than one “+”'],
    ['delay:-5', 'is no number'],
    ['status', 'needs a status from 400 to 599'],
    ['status:200', 'needs a status from 400 to 599'],
    ['drop:5', 'takes nothing after a colon'],
    ['drop,share=0.3', 'is no condition. There are probability'],
    ['drop,probability', 'is no condition'],
    ['drop,probability=3', 'lies between 0 and 1'],
  ])('is refused with the part that is wrong: %s', (text, reason) => {
    expect(() => parseFault(text)).toThrow(FaultError)
    expect(() => parseFault(text)).toThrow(reason)
  })
})

describe('a fault as JSON', () => {
  it.each([
    [null, 'A fault is an object'],
    [[], 'A fault is an object'],
    [{}, 'is no fault'],
    [{ kind: 'delay', delay: 500 }, 'has no “delay”'],
    [{ kind: 'delay', delayMs: '500' }, 'has no “delayMs” with this value'],
    [{ kind: 'drop', probability: 2 }, 'lies between 0 and 1'],
    [{ kind: 'drop', matches: true }, 'has no “matches”'],
  ])('is refused with the part that is wrong: %j', (value, reason) => {
    expect(() => readFault(value)).toThrow(reason)
  })
})

describe('a fault in words', () => {
  it('says what happens, to which requests and for how long', () => {
    expect(describeFault({ kind: 'delay', delayMs: 500, jitterMs: 200 })).toBe(
      'Every request waits 500 ms and up to 200 ms more, until this is cleared.',
    )
    expect(
      describeFault({
        kind: 'status',
        status: 502,
        probability: 0.25,
        method: 'POST',
        path: '/e/',
        times: 1,
      }),
    ).toBe('25 in 100 POST requests to /e/…, by chance: each is answered with 502, 1 time.')
  })

  it('has its own words for every fault', () => {
    const said = FAULT_KINDS.map((kind) => describeFault({ kind, delayMs: 1, status: 502 }))
    expect(new Set(said).size).toBe(FAULT_KINDS.length)
  })
})
