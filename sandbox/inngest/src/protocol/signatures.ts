import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const prefixPattern = /^signkey-\w+-/

/** Takes `signkey-test-` or the like off a signing key; what remains is the HMAC key, as text. */
export function bareSigningKey(key: string): string {
  return key.replace(prefixPattern, '')
}

/**
 * Signs a body for `x-inngest-signature`: `t=<unix seconds>&s=<hex HMAC-SHA256 of body + t>`.
 * The body must be the text the other side will check: canonical JSON for calls, raw text for replies.
 */
export function signBody(body: string, signingKey: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000).toString()
  return `t=${seconds}&s=${digest(body, signingKey, seconds)}`
}

/** Signatures older or newer than this are refused (the SDK uses the same five minutes). */
const toleranceMs = 5 * 60_000

/** Whether `header` is a current signature of `body` under `signingKey`. */
export function verifySignature(
  body: string,
  header: string | undefined,
  signingKey: string,
  nowMs: number,
): boolean {
  const parts = new URLSearchParams(header ?? '')
  const seconds = parts.get('t') ?? ''
  if (!/^\d{1,12}$/.test(seconds)) return false
  if (Math.abs(nowMs - Number(seconds) * 1000) > toleranceMs) return false
  return sameText(digest(body, signingKey, seconds), parts.get('s') ?? '')
}

/**
 * Whether an `authorization` header carries the signing key: raw, with its prefix, or hashed
 * (SHA-256 of the hex-decoded key), which is what the SDK sends.
 */
export function isAuthorised(header: string | undefined, signingKey: string): boolean {
  const sent = bareSigningKey((header ?? '').replace(/^Bearer\s+/i, '').trim())
  const bare = bareSigningKey(signingKey)
  const hashed = createHash('sha256').update(Buffer.from(bare, 'hex')).digest('hex')
  return sameText(sent, bare) || sameText(sent, hashed)
}

function digest(body: string, signingKey: string, seconds: string): string {
  return createHmac('sha256', bareSigningKey(signingKey)).update(body).update(seconds).digest('hex')
}

function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
