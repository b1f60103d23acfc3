import {describe, expect, it} from 'vitest'
import {accountProblem} from './account-message'
import {confirmEmailProblem} from './confirm-email-problem'
import {productProblem} from './product-problem'
import {signInProblem} from './sign-in-problem'
import {undoLinkWords} from './undo-link-words'

describe('productProblem', () => {
  it.each(['already-owned', 'unavailable', 'try-again', '<script>'])(
    'says for %s that nothing was charged',
    (code) => {
      expect(productProblem(code).detail).toContain('Nothing was charged.')
    },
  )
})

describe('signInProblem', () => {
  it('has words of its own for the errors a person can do something about', () => {
    const titles = [
      'OAuthAccountNotLinked',
      'AccessDenied',
      'Verification',
      'ProviderEmailMissing',
      'EmailSignin',
      'TooManyEmails',
      'Configuration',
    ].map((code) => signInProblem(code).title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('never repeats what stood in the address', () => {
    const {title, detail} = signInProblem('Your account is locked, call 555')
    expect(`${title} ${detail}`).not.toContain('555')
  })
})

describe('accountProblem', () => {
  it('says nothing when nothing was refused', () => {
    expect(accountProblem('')).toBeNull()
  })

  it('has words of its own for every refusal that leads back to the account', () => {
    const codes = [
      'already-linked',
      'seller-linked-elsewhere',
      'granter-linked-elsewhere',
      'still-unlinking',
      'not-linked',
      'token-expired',
      'token-invalid',
      'bad-return',
      'user-missing',
      'confirm-delete',
    ]
    const titles = codes.map((code) => accountProblem(code)?.title)
    expect(new Set(titles).size).toBe(codes.length)
    expect(titles).not.toContain(accountProblem('anything else')?.title)
  })

  it('never repeats what stood in the address', () => {
    expect(JSON.stringify(accountProblem('Call 555'))).not.toContain('555')
  })
})

describe('confirmEmailProblem', () => {
  it.each(['expired', 'invalid', '<script>'])('names another way to confirm for %s', (code) => {
    expect(confirmEmailProblem(code).detail).toContain('Sign in with an email link')
  })

  it('says that nothing is left to do when the address is confirmed already', () => {
    expect(confirmEmailProblem('confirmed').detail).toContain('nothing left to do')
  })
})

describe('undoLinkWords', () => {
  it('says before the step what closes and what is kept', () => {
    expect(undoLinkWords('open').paragraphs.join(' ')).toMatch(/close there.*stay reserved for you/)
  })

  it('tells someone who undid a stranger’s link to look at who can sign in', () => {
    expect(undoLinkWords('done').paragraphs.join(' ')).toContain('connected sign-ins')
  })

  it.each(['expired', 'invalid'] as const)('names the way that is left when the link is %s', (state) => {
    expect(undoLinkWords(state).paragraphs.join(' ')).toContain('unlink in your account')
  })
})
