import type { AppId } from '../apps'
import { ConfigurationError } from '../errors'

/**
 * The secret both apps share. During a rotation `next` is accepted everywhere first; then it becomes `current` and the
 * old one `previous`, accepted until nothing signed with it is under way.
 */
export type CrossAppSecrets = { current: string; next?: string | undefined; previous?: string | undefined }

/** What a derived key is good for: a key of one purpose or direction verifies nothing of another. */
export type KeyUse = {
  purpose: 'event' | 'link-token' | 'undo-link' | 'read-api'
  from: AppId
  to: AppId
  /** Deployment both apps belong to, such as `production`: a staging proof opens nothing in production. */
  environment: string
}

export type DerivedKey = { keyId: string; key: Uint8Array }

/** Stands in `.env.example`, so everyone knows it. */
export const PUBLISHED_EXAMPLE_SECRET = 'replace-me-with-openssl-rand-base64-48-replace-me'
const MIN_SECRET_BYTES = 32
const SALT = 'cross-app-bundle-sync/1'

/**
 * Refuses secrets that protect nothing.
 *
 * @throws ConfigurationError naming the variable to change
 */
export function checkSecrets(secrets: CrossAppSecrets, environment: string): void {
  const named: [string, string | undefined][] = [
    ['CROSS_APP_SECRET', secrets.current],
    ['CROSS_APP_SECRET_NEXT', secrets.next],
    ['CROSS_APP_SECRET_PREVIOUS', secrets.previous],
  ]
  named.forEach(([name, secret]) => {
    if (secret === undefined) return
    if (new TextEncoder().encode(secret).length < MIN_SECRET_BYTES) {
      throw new ConfigurationError(
        `${name} is shorter than ${MIN_SECRET_BYTES} bytes. Make one with: openssl rand -base64 48`,
      )
    }
    if (environment === 'production' && secret === PUBLISHED_EXAMPLE_SECRET) {
      throw new ConfigurationError(`${name} is the published example. Make one with: openssl rand -base64 48`)
    }
  })
}

/** The key to sign with: always the current secret's. */
export function signingKey(secrets: CrossAppSecrets, use: KeyUse): Promise<DerivedKey> {
  return deriveKey(secrets.current, use)
}

/** The key a token names, or null when none of our secrets gives it. */
export async function findKey(
  secrets: CrossAppSecrets,
  use: KeyUse,
  keyId: string,
): Promise<DerivedKey | null> {
  const candidates = [secrets.current, secrets.next, secrets.previous]
  for (const secret of candidates) {
    if (secret === undefined) continue
    const derived = await deriveKey(secret, use)
    if (derived.keyId === keyId) return derived
  }
  return null
}

const derivedKeys: Record<string, Promise<DerivedKey> | undefined> = {}

/** HKDF-SHA-256; the key id is derived too, beside the key, and tells nothing about it. */
function deriveKey(secret: string, use: KeyUse): Promise<DerivedKey> {
  const info = JSON.stringify([use.purpose, use.from, use.to, use.environment])
  const cacheKey = JSON.stringify([secret, info])
  const cached = derivedKeys[cacheKey]
  if (cached !== undefined) return cached
  const derived = (async () => {
    const encoder = new TextEncoder()
    const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
      'deriveBits',
    ])
    const bits = await crypto.subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode(SALT), info: encoder.encode(info) },
      material,
      (32 + 6) * 8,
    )
    const bytes = new Uint8Array(bits)
    let keyId = ''
    bytes.slice(32).forEach((byte) => {
      keyId += `0${byte.toString(16)}`.slice(-2)
    })
    return { keyId, key: bytes.slice(0, 32) }
  })()
  derivedKeys[cacheKey] = derived
  return derived
}
