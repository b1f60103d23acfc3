import {describe, expect, it} from 'vitest'
import {bundleSaving} from './bundle-saving'

const usd = (amount: number) => ({amount, currency: 'usd'})

describe('bundleSaving', () => {
  it('is what the parts cost one by one, less what the bundle costs', () => {
    expect(bundleSaving(usd(49_900), [usd(34_900), usd(19_900), usd(24_900)])).toEqual({
      price: usd(79_700),
      saving: usd(29_800),
    })
  })

  it('takes no notice of how a currency is written', () => {
    expect(bundleSaving(usd(100), [{amount: 150, currency: 'USD'}])?.saving).toEqual(usd(50))
  })

  it.each([
    ['a price is missing', [usd(34_900), null]],
    ['the currencies differ', [usd(34_900), {amount: 19_900, currency: 'eur'}]],
    ['the parts cost no more than the bundle', [usd(100)]],
    ['the parts cost exactly as much', [usd(49_900)]],
  ])('claims nothing when %s', (_, parts) => {
    expect(bundleSaving(usd(49_900), parts)).toBeNull()
  })
})
