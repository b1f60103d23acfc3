import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import {Timeline} from './timeline'
import type {TimelineEntry} from './timeline-view'

const sent: TimelineEntry = {
  id: '1',
  app: 'total-typescript',
  at: '2026-02-11T14:02:11.380Z',
  actor: 'emit-bundle-purchase',
  action: 'sync.sent',
  summary: null,
  revision: 1,
  state: 'granted',
  error: null,
  data: {syncId: 'sync-1', hidden: null},
}
const applied: TimelineEntry = {
  ...sent,
  app: 'ai-hero',
  at: '2026-02-11T14:02:11.702Z',
  action: 'grant.applied',
}

describe('Timeline', () => {
  it('tells both apps’ rows as one story', () => {
    const html = renderToStaticMarkup(
      <Timeline
        here={[sent]}
        there={{reached: true, readAt: sent.at, entries: [applied]}}
        hereApp="total-typescript"
      />,
    )
    expect(html.indexOf('sync.sent')).toBeLessThan(html.indexOf('grant.applied'))
    expect(html).toContain('+322 ms')
    expect(html).not.toContain('role="alert"')
  })

  it('says why the other half is missing instead of looking complete', () => {
    const html = renderToStaticMarkup(
      <Timeline
        here={[sent]}
        there={{reached: false, reason: 'It did not answer.'}}
        hereApp="total-typescript"
      />,
    )
    expect(html).toContain('AI Hero’s half is missing')
    expect(html).toContain('It did not answer.')
    expect(html).toContain('sync.sent')
  })

  it('tells an app that knows nothing from one that could not be asked', () => {
    const html = renderToStaticMarkup(
      <Timeline
        here={[sent]}
        there={{reached: true, readAt: sent.at, entries: []}}
        hereApp="total-typescript"
      />,
    )
    expect(html).toContain('answered and has recorded nothing')
    expect(html).not.toContain('half is missing')
  })

  it('shows errors, and leaves out details that hold nothing', () => {
    const html = renderToStaticMarkup(
      <Timeline
        here={[{...sent, error: 'Timed out'}]}
        there={{reached: true, readAt: sent.at, entries: []}}
        hereApp="total-typescript"
      />,
    )
    expect(html).toContain('Timed out')
    expect(html).toContain('sync-1')
    expect(html).not.toContain('hidden</dt>')
  })

  it('says so when nothing at all has been recorded', () => {
    const html = renderToStaticMarkup(
      <Timeline here={[]} there={{reached: true, readAt: sent.at, entries: []}} hereApp="total-typescript" />,
    )
    expect(html).toContain('Nothing has been recorded about this purchase yet.')
  })
})
