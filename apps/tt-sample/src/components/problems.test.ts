import {describe, expect, it} from 'vitest'
import {productProblem} from './product-problem'
import {signInProblem} from './sign-in-problem'

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
      'EmailSignin',
      'Configuration',
    ].map((code) => signInProblem(code).title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('never repeats what stood in the address', () => {
    const {title, detail} = signInProblem('Your account is locked, call 555')
    expect(`${title} ${detail}`).not.toContain('555')
  })
})
