import { describe, expect, it } from 'vitest'
import { canonicalJson, maximumNesting, NestingError, parseJson } from './canonical-json.ts'

describe('canonicalJson', () => {
  it.each([
    [
      '{"b":1,"a":{"d":[1,2,{"z":null,"y":true}],"c":"ü"}}',
      '{"a":{"c":"ü","d":[1,2,{"y":true,"z":null}]},"b":1}',
    ],
    // Keys that look like numbers: objects in JavaScript keep those in numeric order, signatures don't.
    ['{"10":1,"9":2,"a":3}', '{"10":1,"9":2,"a":3}'],
    ['{"__proto__":{"x":1},"constructor":2}', '{"__proto__":{"x":1},"constructor":2}'],
    ['[1.0, 1e3, -0, 0.1]', '[1,1000,0,0.1]'],
    ['"\\u2028\\ud800"', '"\u2028\\ud800"'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalJson(parseJson(text))).toBe(canonical)
    expect(canonicalJson(parseJson(canonical))).toBe(canonical)
  })

  it('refuses what nests too deeply, instead of running out of stack', () => {
    const nested = (depth: number) => parseJson('['.repeat(depth) + ']'.repeat(depth))
    expect(() => canonicalJson(nested(maximumNesting))).not.toThrow()
    expect(() => canonicalJson(nested(100_000))).toThrow(NestingError)
  })
})
