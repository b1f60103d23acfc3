import {describe, expect, it} from 'vitest'
import {safePath} from './safe-path'

describe('safePath', () => {
  it.each(['/', '/courses/evals', '/courses/evals?from=bundle#first', '/a//b', '/%5Cevil'])(
    'takes %s, which stays on the site',
    (path) => {
      expect(safePath(path)).toBe(path)
    },
  )

  it.each([
    '',
    'courses',
    '//evil.example',
    'https://evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    `/${'a'.repeat(500)}`,
  ])('refuses %j', (path) => {
    expect(safePath(path)).toBeNull()
  })
})
