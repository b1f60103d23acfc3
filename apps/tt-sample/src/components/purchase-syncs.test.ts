import {describe, expect, it} from 'vitest'
import type {SyncView} from '../cross-app/ui/sync-view'
import {statusOfAccount, withLiveSyncs} from './purchase-syncs'
import type {PurchaseView} from './views'

function sync(id: string, changes: Partial<SyncView> = {}): SyncView {
  return {
    id,
    targetApp: 'AI Hero',
    productTitle: 'A course',
    phase: 'sending',
    label: 'Opening',
    detail: '',
    action: null,
    settled: false,
    ...changes,
  }
}

function purchase(id: string, syncs: SyncView[]): PurchaseView {
  return {
    id,
    productTitle: 'A bundle',
    productSlug: 'a-bundle',
    purchasedAt: '2026-02-11T14:02:11.204Z',
    price: {amount: 100, currency: 'usd'},
    status: 'paid',
    courses: [],
    syncs,
  }
}

describe('statusOfAccount', () => {
  const none = {link: {state: 'none'}, page: ''} as const

  it('is settled only when every sync of every purchase is', () => {
    const ready = sync('1', {settled: true})
    const settled = (purchases: PurchaseView[]) => statusOfAccount({purchases, ...none}).settled
    expect(settled([purchase('a', [ready])])).toBe(true)
    expect(settled([purchase('a', [ready]), purchase('b', [sync('2')])])).toBe(false)
    expect(settled([])).toBe(true)
  })

  it('is not settled while the link is being ended', () => {
    expect(statusOfAccount({purchases: [], link: {state: 'unlinking'}, page: ''}).settled).toBe(false)
  })
})

describe('withLiveSyncs', () => {
  it('shows each sync as it was last heard of, under its own purchase', () => {
    const purchases = [purchase('a', [sync('1')]), purchase('b', [sync('2')])]
    const phases = withLiveSyncs(purchases, [sync('2', {phase: 'ready'}), sync('9')]).map(({syncs}) =>
      syncs.map(({id, phase}) => `${id} ${phase}`),
    )
    expect(phases).toEqual([['1 sending'], ['2 ready']])
  })
})
