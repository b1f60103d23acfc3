import { CrossAppError } from '../errors'

const MESSAGES = {
  'token-invalid': 'This link is not valid. Start again from your account page.',
  'token-expired': 'This link has expired: it is good for ten minutes. Start again from your account page.',
  'token-used': 'This link was used before. Start again from your account page.',
  'seller-linked-elsewhere':
    'The Total TypeScript account is linked to another AI Hero account. Unlink that one first, in the account settings.',
  'granter-linked-elsewhere':
    'The AI Hero account is linked to another Total TypeScript account. Unlink that one first, in the profile.',
  'undone-before':
    'The accounts were unlinked by their owner: only a link that a person confirms joins them again.',
  'attached-recently':
    'The sign-in account was added to an existing account less than a day ago: a person has to confirm this link.',
  'login-too-old': 'The sign-in is too old to link by.',
  'still-unlinking': 'The last link is still being ended. Try again in a minute.',
  'user-missing': 'One of the two accounts does not exist any more.',
} as const

export type LinkRefusal = keyof typeof MESSAGES

/** A link that is not made, and why. Nothing was written; worth an audit row. */
export class LinkRefusedError extends CrossAppError {
  readonly refusal: LinkRefusal

  constructor(refusal: LinkRefusal) {
    super(`link-${refusal}`, MESSAGES[refusal], { retryable: false })
    this.refusal = refusal
  }
}

/** Narrows by code, which survives a copy of this package in two bundles. */
export function isLinkRefused(error: unknown): error is LinkRefusedError {
  return (
    error instanceof Error &&
    typeof (error as { refusal?: unknown }).refusal === 'string' &&
    Object.hasOwn(MESSAGES, (error as unknown as { refusal: string }).refusal)
  )
}
