import {describe, expect, it} from 'vitest'
import {parseLesson, splitInlineCode} from './parse-lesson'

describe('parseLesson', () => {
  it('takes paragraphs apart at blank lines and joins the lines within', () => {
    expect(parseLesson('One\nline.\n\nTwo.')).toEqual([
      {kind: 'paragraph', text: 'One line.'},
      {kind: 'paragraph', text: 'Two.'},
    ])
  })

  it('keeps code between fences exactly as it is, blank lines and indentation too', () => {
    expect(parseLesson('Look:\n```ts\nif (a) {\n\n  b()\n}\n```\nDone.')).toEqual([
      {kind: 'paragraph', text: 'Look:'},
      {kind: 'code', text: 'if (a) {\n\n  b()\n}'},
      {kind: 'paragraph', text: 'Done.'},
    ])
  })

  it('lets a fence that is never closed run to the end', () => {
    expect(parseLesson('```\na()')).toEqual([{kind: 'code', text: 'a()'}])
  })

  it('reads an empty lesson as no blocks', () => {
    expect(parseLesson('\n\n')).toEqual([])
  })
})

describe('splitInlineCode', () => {
  it('sets what stands between backticks apart', () => {
    expect(splitInlineCode('Use `as` rarely.')).toEqual([
      {code: false, text: 'Use ', start: 0},
      {code: true, text: 'as', start: 4},
      {code: false, text: ' rarely.', start: 8},
    ])
  })

  it('keeps an unpaired backtick', () => {
    expect(splitInlineCode('a ` b')).toEqual([{code: false, text: 'a ` b', start: 0}])
  })
})
