import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import {SyncStatusList} from './sync-status'
import type {SyncPhase, SyncView} from './sync-view'

const phases: SyncPhase[] = [
  'sending',
  'waiting-for-you',
  'ready',
  'delayed',
  'failed',
  'suspended',
  'refunded',
]

function view(changes: Partial<SyncView> = {}): SyncView {
  return {
    id: 'sync-1',
    targetApp: 'AI Hero',
    productTitle: 'AI SDK Crash Course',
    phase: 'sending',
    label: 'a label of the server',
    detail: 'A sentence of the server.',
    action: null,
    settled: false,
    ...changes,
  }
}

describe('SyncStatusList', () => {
  it.each(phases)('shows the server’s words, and only those, when a sync is %s', (phase) => {
    const html = renderToStaticMarkup(<SyncStatusList syncs={[view({phase})]} />)
    const words = html
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    expect(words).toBe('AI SDK Crash Course a label of the server A sentence of the server.')
  })

  it('offers the action under a name that says which course it is for', () => {
    const action = {label: 'Start', href: 'https://ai-hero.test/courses/a'}
    const html = renderToStaticMarkup(<SyncStatusList syncs={[view({phase: 'ready', action})]} />)
    expect(html).toContain('href="https://ai-hero.test/courses/a"')
    expect(html).toContain('Start<span class="sr-only">: AI SDK Crash Course</span>')
  })

  it('makes a form of an action that changes something, so that it works without JavaScript', () => {
    const action = {label: 'Link', href: '/initiate', post: {returnTo: '/courses/a?b=1&c="2"'}}
    const html = renderToStaticMarkup(<SyncStatusList syncs={[view({phase: 'waiting-for-you', action})]} />)
    expect(html).toContain('<form action="/initiate" method="post">')
    expect(html).toContain('name="returnTo" value="/courses/a?b=1&amp;c=&quot;2&quot;"')
    expect(html).toMatch(/<button type="submit"[^>]*><span>Link<span class="sr-only">: AI SDK Crash Course/)
    expect(html).not.toContain('<a ')
  })

  it('treats what it is given as text', () => {
    const html = renderToStaticMarkup(
      <SyncStatusList syncs={[view({detail: '<img src=x onerror=alert(1)>'})]} />,
    )
    expect(html).not.toContain('<img')
  })

  it('hides its drawings from screen readers, since the label says the same', () => {
    const html = renderToStaticMarkup(<SyncStatusList syncs={[view()]} />)
    expect(html).toMatch(/<svg[^>]*aria-hidden="true"/)
  })
})
