import {describe, expect, it} from 'vitest'
import {describeSync, describeSyncs, type SyncToDescribe} from './describe-sync'

const now = new Date('2026-11-21T12:00:00.000Z')
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds)

function sync(over: Partial<SyncToDescribe['sync']> = {}): SyncToDescribe {
  return {
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
      dueSince: ago(1_000),
      mirrorStatus: null,
      ...over,
    },
    productTitle: 'Evals',
    courseUrl: 'http://ai-hero/courses/evals',
    coursePath: '/courses/evals',
    linkedSince: null,
  }
}

const acknowledged = {ackedRevision: 1, status: 'synced', dueSince: null}
const describeIt = (over: Partial<SyncToDescribe['sync']> = {}) => describeSync(sync(over), now)

describe('describeSync', () => {
  it('says opening while the first answer is awaited, and keeps looking', () => {
    expect(describeIt()).toMatchObject({phase: 'sending', targetApp: 'AI Hero', settled: false, action: null})
  })

  it('says ready, with the way to the course, once AI Hero has opened it', () => {
    expect(describeIt({...acknowledged, mirrorStatus: 'active'})).toMatchObject({
      phase: 'ready',
      settled: true,
      action: {href: 'http://ai-hero/courses/evals'},
    })
  })

  it('says waiting for you while nobody has claimed it, and offers the link that leads to the course', () => {
    expect(describeIt({...acknowledged, mirrorStatus: 'pending'})).toMatchObject({
      phase: 'waiting-for-you',
      settled: true,
      action: {href: '/api/account-link/initiate', post: {returnTo: '/courses/evals'}},
    })
  })

  it('says opening, and keeps looking, while a link that was just made claims it', () => {
    const claiming = {...sync({...acknowledged, mirrorStatus: 'pending'}), linkedSince: ago(1_000)}
    expect(describeSync(claiming, now)).toMatchObject({phase: 'sending', settled: false, action: null})
    expect(describeSync({...claiming, linkedSince: ago(120_000)}, now)).toMatchObject({phase: 'delayed'})
  })

  it('asks a guest to confirm the address, before and after AI Hero has answered', () => {
    for (const over of [{}, {...acknowledged, mirrorStatus: 'pending'}]) {
      expect(describeIt({...over, ownerProven: false})).toMatchObject({
        phase: 'waiting-for-you',
        label: 'Confirm your email',
        action: {href: '/sign-in?callbackUrl=%2Faccount'},
      })
    }
  })

  it('says that it takes longer from two minutes on, not before', () => {
    expect(describeIt({dueSince: ago(119_999)}).phase).toBe('sending')
    expect(describeIt({dueSince: ago(120_000)})).toMatchObject({phase: 'delayed', settled: false})
  })

  it('names the purchase for support when it has failed', () => {
    const view = describeIt({status: 'failed'})
    expect(view).toMatchObject({phase: 'failed', settled: true})
    expect(view.detail).toContain('purchase-1')
  })

  it.each([
    ['dispute', 'bank'],
    ['hold', 'purchase-1'],
  ])('says on hold, and why, for a %s', (reason, word) => {
    const view = describeIt({desiredState: 'suspended', reason})
    expect(view.phase).toBe('suspended')
    expect(view.detail).toContain(word)
  })

  it.each([
    ['refund', 'Refunded'],
    ['dispute', 'Ended'],
  ])('says that it is over after a %s, also before AI Hero has answered', (reason, label) => {
    expect(describeIt({desiredState: 'revoked', reason})).toMatchObject({phase: 'refunded', label})
  })

  it('does not say ready because of what AI Hero had before a newer revision', () => {
    expect(describeIt({revision: 2, ackedRevision: 1, mirrorStatus: 'active'}).phase).toBe('sending')
  })
})

describe('describeSyncs', () => {
  it('says the most urgent thing first, and is settled when all of them are', () => {
    const sending = describeIt()
    const ready = describeIt({...acknowledged, mirrorStatus: 'active'})
    const failed = describeIt({status: 'failed'})
    const refunded = describeIt({desiredState: 'revoked', reason: 'refund', ...acknowledged})
    expect(describeSyncs([ready, sending])).toMatchObject({
      headline: 'Opening your AI Hero courses',
      settled: false,
    })
    expect(describeSyncs([sending, failed]).headline).toBe('A course needs our help')
    expect(describeSyncs([ready, ready])).toMatchObject({headline: 'Everything is ready', settled: true})
    expect(describeSyncs([refunded]).headline).toBe('Your AI Hero courses are closed')
    expect(describeSyncs([])).toMatchObject({headline: 'Your purchase is complete', settled: true})
  })
})
