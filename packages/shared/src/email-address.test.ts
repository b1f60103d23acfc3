import { describe, expect, it } from 'vitest'
import { normaliseEmail } from './email-address'
import { InvalidEmailError } from './errors'

describe('normaliseEmail', () => {
  it('trims and lower-cases', () => {
    expect(normaliseEmail('  Ada@Example.COM ')).toBe('ada@example.com')
  })

  it('keeps plus-tags, because they may be different mailboxes', () => {
    expect(normaliseEmail('ada+courses@example.com')).not.toBe(normaliseEmail('ada@example.com'))
  })

  it('makes composed and decomposed letters the same address', () => {
    expect(normaliseEmail('jose\u0301@example.com')).toBe(normaliseEmail('jos\u00e9@example.com'))
  })

  it('keeps accented and plain letters apart', () => {
    expect(normaliseEmail('jos\u00e9@example.com')).not.toBe(normaliseEmail('jose@example.com'))
  })

  it('changes nothing when applied twice', () => {
    const once = normaliseEmail(' \u0130stanbul@Example.com')
    expect(normaliseEmail(once)).toBe(once)
  })

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'a b@example.com',
    'a@b@c',
    `${'a'.repeat(250)}@example.com`,
    'ada<victim@example.com>',
    'ada@example.com,other',
    'ada;other@example.com',
    'ada\u0000@example.com',
  ])('refuses %j', (input) => {
    expect(() => normaliseEmail(input)).toThrow(InvalidEmailError)
  })
})
