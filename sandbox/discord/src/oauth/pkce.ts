import { createHash } from 'node:crypto'

/** A SHA-256 in base64url has 43 characters (RFC 7636, 4.2). */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/
/** RFC 7636, 4.1; Discord insists on it, where other providers take anything. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/

/** Whether a text can be an S256 challenge at all. */
export function isCodeChallenge(text: string): boolean {
  return CHALLENGE.test(text)
}

/** Whether a text can be a verifier at all. */
export function isCodeVerifier(text: string): boolean {
  return VERIFIER.test(text)
}

/** The S256 challenge that belongs to a verifier. */
export function codeChallengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
