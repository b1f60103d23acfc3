import {describe, expect, it} from 'vitest'
import {formatSpan, mergeTimeline} from './merge-timeline'
import type {TimelineApp, TimelineEntry} from './timeline-view'

function entry(app: TimelineApp, id: string, at: string): TimelineEntry {
  return {
    id,
    app,
    at,
    actor: 'system',
    action: 'something',
    summary: null,
    revision: null,
    state: null,
    error: null,
    data: {},
  }
}

describe('mergeTimeline', () => {
  it('puts the rows of both apps in the order of their times', () => {
    const steps = mergeTimeline(
      [
        entry('total-typescript', 'sent', '2026-02-11T14:02:11.380Z'),
        entry('total-typescript', 'acknowledged', '2026-02-11T14:02:12.001Z'),
      ],
      [entry('ai-hero', 'applied', '2026-02-11T14:02:11.702Z')],
    )
    expect(steps.map((step) => step.entry.id)).toEqual(['sent', 'applied', 'acknowledged'])
    expect(steps.map((step) => step.sinceStartMs)).toEqual([0, 322, 621])
  })

  it('keeps the given order of rows of one app with the same time', () => {
    const at = '2026-02-11T14:02:11.702Z'
    const steps = mergeTimeline([], [entry('ai-hero', 'b', at), entry('ai-hero', 'a', at)])
    expect(steps.map((step) => step.entry.id)).toEqual(['b', 'a'])
  })

  it('orders by the moment and not by the text of the time', () => {
    const steps = mergeTimeline(
      [entry('total-typescript', 'later', '2026-02-11T14:02:11Z')],
      [entry('ai-hero', 'earlier', '2026-02-11T14:02:10.900Z')],
    )
    expect(steps.map((step) => step.entry.id)).toEqual(['earlier', 'later'])
  })

  it('marks where a new UTC day begins', () => {
    const steps = mergeTimeline([
      entry('total-typescript', '1', '2026-02-11T23:59:59.999Z'),
      entry('total-typescript', '2', '2026-02-12T00:00:00.000Z'),
      entry('total-typescript', '3', '2026-02-12T00:00:01.000Z'),
    ])
    expect(steps.map((step) => step.startsDay)).toEqual([true, true, false])
  })

  it('is empty when nothing was recorded', () => {
    expect(mergeTimeline([], [])).toEqual([])
  })

  it('leaves the arrays it was given as they were', () => {
    const here = [
      entry('total-typescript', '2', '2026-02-12T00:00:00.000Z'),
      entry('total-typescript', '1', '2026-02-11T00:00:00.000Z'),
    ]
    mergeTimeline(here)
    expect(here.map(({id}) => id)).toEqual(['2', '1'])
  })
})

describe('formatSpan', () => {
  it.each([
    [0, '+0 ms'],
    [412, '+412 ms'],
    [3_200, '+3.20 s'],
    [125_000, '+2 min'],
    [7_200_000, '+2 h'],
    [172_800_000, '+2 d'],
  ])('writes %i ms as %s', (milliseconds, text) => {
    expect(formatSpan(milliseconds)).toBe(text)
  })
})
