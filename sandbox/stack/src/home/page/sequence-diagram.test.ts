import { describe, expect, it } from 'vitest'
import type { SequenceStep } from '../sequence/sequence.ts'
import { moment } from '../span.ts'
import { sequenceDiagram } from './sequence-diagram.ts'

const step: SequenceStep = {
  key: 'row',
  atMs: 303_412,
  from: 'tt',
  to: 'ah',
  title: 'bundle/purchased',
  detail: `${'A course with quite a long name'.repeat(2)}, rev 1, settled`,
  tone: 'plain',
  tookMs: 402,
}

function drawn(steps: SequenceStep[]): string {
  const sequence = {
    purchaseId: 'p',
    complete: true,
    what: '',
    buyer: '',
    startedAt: 0,
    lastAt: 0,
    steps,
    state: 'settled' as const,
    says: '',
    correctedMs: 0,
  }
  return sequenceDiagram(sequence, { tt: '', ah: '' }).text
}

describe('an arrow of the diagram', () => {
  it('keeps the time that its message took, however long its words are', () => {
    expect(drawn([step])).toContain('… · 402 ms<')
  })

  it('shows milliseconds for what happens minutes after the purchase', () => {
    expect(drawn([step])).toContain('>+5:03.412<')
  })
})

describe('a moment after a beginning', () => {
  it.each([
    [0, '0 ms'],
    [882, '882 ms'],
    [59_900, '60 s'],
    [60_000, '1:00.000'],
    [3_723_004, '1:02:03.004'],
    [3 * 86_400_000 + 61_500, '3 d 00:01:01'],
    [-5, '0 ms'],
  ])('%i ms is written as %s', (milliseconds, text) => {
    expect(moment(milliseconds)).toBe(text)
  })
})
