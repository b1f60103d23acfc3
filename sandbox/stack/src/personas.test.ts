import { describe, expect, it } from 'vitest'
import { linkedBuyer, linkedBuyers, personas } from './personas.ts'

describe('linkedBuyer', () => {
  it('is the same for the same run and number, wherever it is asked', () => {
    expect(linkedBuyer('run-1', 3)).toEqual(linkedBuyer('run-1', 3))
  })

  it('differs from every other run and number', () => {
    const all = ['a', 'a-1', 'b']
      .flatMap((run) => linkedBuyers(run, 12))
      .flatMap(({ ttUserId, ahUserId }) => [ttUserId, ahUserId])
    // "a-1" number 1 and "a" number "1-1" must not meet: a number has no dash.
    expect(new Set(all).size).toBe(all.length)
  })

  it.each(['', 'Capital', '-dash', 'white space', 'x'.repeat(41)])('refuses the run id %j', (runId) => {
    expect(() => linkedBuyer(runId, 0)).toThrow(RangeError)
  })

  it.each([-1, 0.5, Number.NaN])('refuses the number %d', (index) => {
    expect(() => linkedBuyer('run', index)).toThrow(RangeError)
  })
})

describe('personas', () => {
  it('have ids and sign-ins of their own', () => {
    const ids = personas.flatMap(({ tt, ah, github }) => [
      tt.userId,
      ah.userId,
      github.login,
      github.providerAccountId,
    ])
    expect(new Set(ids).size).toBe(ids.length)
  })
})
