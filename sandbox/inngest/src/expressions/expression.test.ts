import { describe, expect, it } from 'vitest'
import { compileExpression, ExpressionError } from './expression.ts'

const event = {
  name: 'a',
  ts: 5,
  data: { n: 6, half: 6.5, text: 'x', flag: true, nothing: null, list: ['a'], deep: { k: 1 } },
}

describe('an expression', () => {
  it.each([
    ['event.data.n > 5', true],
    ['event.data.n == 6', true],
    ['event.data.half > 6', true],
    ['event.data.text == "x" && event.data.flag', true],
    ['event.data.text > 5', undefined],
    ['event.data["text"] == "x"', true],
    ['event.data.list.exists(item, item == "a")', true],
    ['event.name', 'a'],
    ['event.data.missing == null', true],
    ['event.data.nothing == null', true],
    ['event.data.missing == "x"', false],
    ['event.data.missing != "x"', true],
    ['event.data.missing > 5', false],
    ['event.data.missing < 5', true],
    ['event.data.missing.deeper == null', true],
    ['event.data.text.deeper == null', undefined],
    ['has(event.data.missing)', false],
    ['has(event.data.text)', true],
    ['event.data.deep.k == async.data.k', true],
  ])('%s is %j', (source, value) => {
    expect(compileExpression(source).evaluate({ event, async: { data: { k: 1 } } })).toBe(value)
  })

  it.each(['', 'event.data.n >', 'evnt.data.n > 1', 'event.data.n > 1 ++'])('%j is refused', (source) => {
    expect(() => compileExpression(source)).toThrow(ExpressionError)
  })

  it.each([
    ['event.data.k == async.data.k', { event: ['data', 'k'], async: ['data', 'k'] }],
    ['async.data.n > 1 && async.data["k"] == event.data.id', { event: ['data', 'id'], async: ['data', 'k'] }],
    ['event.data.k == async.data.k || async.data.n > 1', undefined],
    ['event.data.k == "x"', undefined],
    ['event.data.k != async.data.k', undefined],
    ['!(event.data.k == async.data.k)', undefined],
  ])('%s needs the equality %j', (source, equality) => {
    expect(compileExpression(source).equality).toEqual(equality)
  })
})
