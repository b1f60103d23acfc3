import {describe, expect, it} from 'vitest'
import {createLog, redact} from './log'

function logged(fields: Record<string, unknown>): string {
  const lines: string[] = []
  createLog((_, line) => lines.push(line)).info('event', fields)
  return lines.join('\n')
}

describe('the log', () => {
  it.each([
    ['an address', {message: 'for ada@example.com.'}],
    ['an address in a field of that name', {email: 'ada@example.com'}],
    ['an address deep inside', {purchase: {owner: {contact: 'ada+tag@example.com'}}}],
    ['an address in an error', {error: new Error('no user ada@example.com')}],
    ['a bearer token', {header: 'Bearer abc.def-ghi'}],
    ['a signed token', {message: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'}],
    ['an encrypted token', {message: 'eyJhbGciOiJkaXIifQ..aXY.c2lnbmF0dXJl.dGFn'}],
    ['a Stripe key', {message: 'with sk_test_0123456789abcdef'}],
    ['a secret by its name', {clientSecret: 'hush'}],
    ['a token in an address', {url: 'http://localhost/callback?token=hush&email=ada%40example.com'}],
  ])('never shows %s', (_, fields) => {
    const line = logged(fields)
    for (const secret of ['ada', 'abc.def', 'c2lnbmF0dXJl', '0123456789abcdef', 'hush']) {
      expect(line).not.toContain(secret)
    }
  })

  it('keeps ids, numbers and states, which are what one looks for', () => {
    expect(JSON.parse(logged({purchaseId: 'purchase-1', revision: 2, state: 'granted'}))).toMatchObject({
      event: 'event',
      purchaseId: 'purchase-1',
      revision: 2,
      state: 'granted',
    })
  })

  it('leaves ordinary text alone', () => {
    expect(redact('2 syncs sent, 1 failed: AI Hero answered 503.')).toBe(
      '2 syncs sent, 1 failed: AI Hero answered 503.',
    )
  })
})
