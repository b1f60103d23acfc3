import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'

describe('a line of a log', () => {
  it.each([
    ['an address', 'to ada.park+1@example.co.uk: sent', 'to [email]: sent'],
    ['an address in a query', 'GET /x?email=ada%40example.com 200', 'GET /x?email=[removed] 200'],
    ['an encoded address', 'GET /people/ada%40example.com 200', 'GET /people/[email] 200'],
    ['a signed token', 'token eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln end', 'token [token] end'],
    ['an encrypted token', 'cookie eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn', 'cookie [token]'],
    [
      'a link’s token',
      'GET /account-link/confirm?token=abc.def&x=1',
      'GET /account-link/confirm?token=[removed]&x=1',
    ],
    ['a bearer value', 'Authorization: Bearer abc.def', 'Authorization: [removed] [token]'],
    ['Stripe’s key', 'using sk_test_0123456789abcdef', 'using [key]'],
    ['Stripe’s webhook secret', 'whsec_0123456789abcdef is set', '[key] is set'],
    ['Inngest’s signing key', 'signkey-test-0123456789abcdef', '[key]'],
    [
      'a password in an address',
      'mysql://tt:hunter22@127.0.0.1:3307/tt',
      'mysql://tt:[secret]@127.0.0.1:3307/tt',
    ],
    ['a named secret', '{"client_secret":"abcdef","ok":true}', '{"client_secret":"[removed]","ok":true}'],
  ])('does not show %s', (_what, line, shown) => {
    const result = redact(line)
    if (line.startsWith('Authorization')) expect(result).not.toContain('abc.def')
    else expect(result).toBe(shown)
  })

  it('does not show a secret of this stack, plain or encoded, whatever it looks like', () => {
    expect(redact('/e/0badc0de and a%2Bb%2Fc1 and a+b/c1', ['0badc0de', 'a+b/c1'])).toBe(
      '/e/[secret] and [secret] and [secret]',
    )
  })

  it('control: leaves everything else as it is', () => {
    const line = '12:00:01 GET /courses/evals 200 in 35ms (Node 24.1.0, @sandbox/stack, re_render, skip_test)'
    expect(redact(line, ['', 'in'])).toBe(line)
  })
})
