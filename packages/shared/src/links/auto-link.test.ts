import { describe, expect, it } from 'vitest'
import { checkAttachment, checkLogin, describeLogin, isLinkProvider } from './auto-link'

const NOW = new Date('2026-11-20T10:00:00.000Z')
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

describe('checkAttachment', () => {
  it.each([
    ['attached before that was noted', null],
    ['attached a day ago', { attachedAt: ago(24 * 60), newUser: false }],
    ['that came with the user itself', { attachedAt: ago(0), newUser: true }],
  ])('lets an account link that was %s', (_which, attachment) => {
    expect(() => checkAttachment(attachment, NOW)).not.toThrow()
  })

  it('refuses an account that was added to an older user today', () => {
    expect(() => checkAttachment({ attachedAt: ago(24 * 60 - 1), newUser: false }, NOW)).toThrow(
      expect.objectContaining({ refusal: 'attached-recently' }),
    )
  })
})

describe('checkLogin', () => {
  const login = describeLogin({ userId: 'u', provider: 'github', providerAccountId: '1' }, NOW).data

  it('takes a sign-in for ten minutes', () => {
    expect(() => checkLogin(login, new Date(NOW.getTime() + 10 * 60_000))).not.toThrow()
    expect(() => checkLogin(login, new Date(NOW.getTime() + 10 * 60_000 + 1))).toThrow(
      expect.objectContaining({ refusal: 'login-too-old' }),
    )
  })

  it('does not take the sender’s word for a longer time', () => {
    const generous = { at: login.at, expiresAt: '2027-01-01T00:00:00.000Z' }
    expect(() => checkLogin(generous, new Date(NOW.getTime() + 11 * 60_000))).toThrow()
  })
})

describe('isLinkProvider', () => {
  it('knows the two providers that both apps have', () => {
    expect(['github', 'discord', 'email', 'google'].filter(isLinkProvider)).toEqual(['github', 'discord'])
  })
})
