import { describe, expect, it } from 'vitest'
import { concealSecrets } from './conceal-secrets.ts'
import { assertTestModeKey, assertTwoAccounts } from './stripe-key.ts'

const rest = crypto.randomUUID().replaceAll('-', '')

function refusal(run: () => void): { message: string; nextStep?: string } {
  try {
    run()
  } catch (error) {
    return error as { message: string; nextStep?: string }
  }
  throw new Error('It was not refused.')
}

describe('assertTestModeKey', () => {
  it.each([`sk_test_${rest}`, `rk_test_${rest}`])('takes a key of a test mode: %s', (key) => {
    expect(() => assertTestModeKey('tt', key)).not.toThrow()
  })

  it.each([`sk_live_${rest}`, `rk_live_${rest}`, `pk_test_${rest}`, rest, 'sk_test_'])(
    'refuses anything else, and shows none of it: %s',
    (key) => {
      const { message, nextStep } = refusal(() => assertTestModeKey('ah', key))
      expect(message).toContain('AH_STRIPE_SECRET_KEY')
      expect(`${message} ${nextStep}`).not.toContain(rest)
    },
  )

  it('says of a live key that it moves real money', () => {
    expect(refusal(() => assertTestModeKey('tt', `sk_live_${rest}`)).message).toContain('real money')
  })
})

describe('assertTwoAccounts', () => {
  it('refuses one key for both apps', () => {
    const key = `sk_test_${rest}`
    expect(() => assertTwoAccounts({ tt: key, ah: key })).toThrow('are the same key')
    expect(() => assertTwoAccounts({ tt: key, ah: undefined })).not.toThrow()
    expect(() => assertTwoAccounts({ tt: undefined, ah: undefined })).not.toThrow()
  })
})

describe('concealSecrets', () => {
  it('leaves of a key or signing secret only its kind', () => {
    expect(
      concealSecrets(`secret is whsec_${rest} (^C to quit), key sk_test_${rest}, rk_live_${rest}.`),
    ).toBe('secret is whsec_… (^C to quit), key sk_test_…, rk_live_….')
  })

  it('conceals a key that is shown in part', () => {
    expect(concealSecrets('Invalid API Key provided: sk_test_****************abcd')).toBe(
      'Invalid API Key provided: sk_test_…',
    )
  })

  it('touches nothing else', () => {
    const line = '2026-11-21 10:00:00  <--  [200] POST http://127.0.0.1:3000/api/stripe/webhook [evt_1Abc]'
    expect(concealSecrets(line)).toBe(line)
  })
})
