import {createCipheriv, createDecipheriv, hkdfSync, randomBytes} from 'node:crypto'
import {MAX_SEARCH} from '../components/admin/sync-filter'
import {env} from './env'

const MARK = '~'
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * What support searches for, as it stands in the page's address. An email address goes in encrypted: addresses of pages
 * end up in logs, histories and analytics, where nobody's email belongs. Ids stay readable.
 */
export function sealSearch(search: string): string {
  const text = search.trim().slice(0, MAX_SEARCH)
  if (!text.includes('@') && !text.startsWith(MARK)) return text
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key(), iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${MARK}${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** The search that such an address means; null when it was not made here, or with another secret. */
export function openSearch(given: string): string | null {
  const text = given.trim()
  if (!text.startsWith(MARK)) return text.slice(0, MAX_SEARCH)
  const bytes = Buffer.from(text.slice(MARK.length), 'base64url')
  if (bytes.length <= IV_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, IV_BYTES))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString()
  } catch {
    return null
  }
}

function key(): Buffer {
  return Buffer.from(hkdfSync('sha256', env().NEXTAUTH_SECRET, '', 'total-typescript admin search', 32))
}
