import { createHash, timingSafeEqual } from 'node:crypto'

/** An application registered with the provider. */
export interface OAuthClient {
  id: string
  secret: string
  /** What people read on the sign-in page. */
  name: string
  /** Complete addresses, compared character by character: a prefix or another port is another address. */
  redirectUris: readonly string[]
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares two secrets without telling by the time it takes how much of them is alike. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}
