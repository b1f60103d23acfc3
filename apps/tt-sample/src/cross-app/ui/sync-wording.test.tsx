import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import {describeSync, type SyncToDescribe} from '../syncs/describe-sync'
import {SyncStatusList} from './sync-status'

const now = new Date('2026-11-21T12:00:00.000Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const answered = {ackedRevision: 1, status: 'synced', dueSince: null}

/** What a buyer reads, sees as a button, and where that leads. */
function shown(sync: Partial<SyncToDescribe['sync']>, linkedSince: Date | null = null) {
  const view = describeSync(
    {
      sync: {
        id: 'sync-1',
        purchaseId: 'purchase-1',
        targetApp: 'ai-hero',
        desiredState: 'granted',
        reason: 'purchase',
        revision: 1,
        ackedRevision: 0,
        ownerProven: true,
        status: 'pending',
        dueSince: minutesAgo(0),
        mirrorStatus: null,
        ...sync,
      },
      productTitle: 'Evals',
      courseUrl: 'https://ai-hero.test/courses/evals',
      coursePath: '/courses/evals',
      linkedSince,
    },
    now,
  )
  const html = renderToStaticMarkup(<SyncStatusList syncs={[view]} />)
  return {
    html,
    text: html
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  }
}

describe('what a buyer reads about a course on AI Hero', () => {
  it('sending: a few seconds, and nothing to do', () => {
    const {html, text} = shown({dueSince: minutesAgo(1.9)})
    expect(text).toBe('Evals Opening… This usually takes a few seconds.')
    expect(html).not.toMatch(/<a |<form/)
  })

  it('delayed: after two minutes, that it takes longer and goes on by itself', () => {
    const {html, text} = shown({dueSince: minutesAgo(2)})
    expect(text).toContain('Taking longer')
    expect(text).toContain('opens by itself')
    expect(html).not.toMatch(/<a |<form/)
  })

  it('waiting for you: the button that links, with the course to come back to', () => {
    const {html, text} = shown({...answered, mirrorStatus: 'pending'})
    expect(text).toContain('Waiting for you')
    expect(html).toContain('<form action="/api/account-link/initiate" method="post">')
    expect(html).toContain('<input type="hidden" name="returnTo" value="/courses/evals"/>')
    expect(html).toMatch(/<button type="submit"[^>]*><span>Link your AI Hero account/)
  })

  it('just linked: that it is opening, without the button', () => {
    const {html, text} = shown({...answered, mirrorStatus: 'pending'}, minutesAgo(0.1))
    expect(text).toContain('Opening…')
    expect(html).not.toContain('<form')
  })

  it('unconfirmed guest: the link in the receipt, and nothing opens by linking', () => {
    const {html, text} = shown({ownerProven: false})
    expect(text).toContain('Open the link in the receipt')
    expect(html).not.toContain('<form')
  })

  it('ready: the way straight to the course', () => {
    const {html, text} = shown({...answered, mirrorStatus: 'active'})
    expect(text).toContain('Ready')
    expect(html).toContain('href="https://ai-hero.test/courses/evals"')
  })

  it('failed: the purchase’s id, for support', () => {
    const {text} = shown({status: 'failed'})
    expect(text).toContain('Needs our help')
    expect(text).toContain('quote purchase purchase-1')
  })

  it.each([
    ['dispute', 'Your bank is looking into the payment'],
    ['hold', 'quote purchase purchase-1'],
  ])('suspended by a %s: why, and that it is on hold', (reason, words) => {
    const {text} = shown({desiredState: 'suspended', reason})
    expect(text).toContain('On hold')
    expect(text).toContain(words)
  })

  it('refunded: that it was refunded and is closed', () => {
    const {text} = shown({desiredState: 'revoked', reason: 'refund'})
    expect(text).toBe('Evals Refunded Your purchase was refunded, so Evals is closed.')
  })
})
