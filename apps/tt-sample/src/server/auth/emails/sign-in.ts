import type {MailContent} from '../../../cross-app'

export interface SignInMail {
  /** Signs its reader in, once: keep it out of logs. */
  url: string
}

/** The mail that whoever wants to sign in by address has asked for. */
export function signInMail({url}: SignInMail): MailContent {
  return {
    subject: 'Your sign-in link for Total TypeScript',
    preview: 'The link works once, for an hour.',
    heading: 'Sign in to Total TypeScript',
    blocks: [
      {kind: 'text', text: 'Here is the link you asked for. It works once, for an hour.'},
      {kind: 'action', look: 'primary', label: 'Sign in', href: url},
    ],
    footer: 'You didn’t ask for it? Ignore this mail: without the link nobody gets in.',
  }
}
