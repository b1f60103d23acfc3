import { InvalidEmailError } from './errors'

/**
 * RFC 5321: 254 octets; a local part, one "@", a domain with no space. Deliverability is the mail server's to judge, but
 * not what would make it read another address out of this one: `name<other@example.com>`, a list, a control character.
 */
const SHAPE = /^[^\s@<>,;]+@[^\s@<>,;]+$/
const MAX_LENGTH = 254

/**
 * The one normalisation both apps compare by: Unicode NFC, trimmed, lower-cased. Plus-tags and dots are kept: they may
 * be different mailboxes. The result goes into a binary column, so that `é` and `e` stay different people.
 *
 * @throws InvalidEmailError when it has no "@", has spaces or one of `<>,;` inside, or is longer than 254 characters
 */
export function normaliseEmail(input: string): string {
  const normalised = input.normalize('NFC').trim().toLowerCase().normalize('NFC')
  if (normalised.length > MAX_LENGTH || !SHAPE.test(normalised) || hasControlCharacter(normalised)) {
    throw new InvalidEmailError()
  }
  return normalised
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}
