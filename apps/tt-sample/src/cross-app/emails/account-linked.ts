import {linkMethodWords} from '../ui/link-method'
import {writeDay} from '../ui/write-day'
import type {MailContent} from './mail-content'

export interface AccountLinkedMail {
  /** The address of this app's account. */
  email: string
  /** AI Hero's address; null when the link did not bring one. */
  aiHeroEmail: string | null
  method: string | null
  /** Null when a later link has taken this one's place in the records. */
  linkedAt: Date | null
  /** False when it was ended before this mail was sent. */
  stillLinked: boolean
  /** "This wasn't me"; good for seven days. */
  undoUrl: string
  accountUrl: string
}

/** Tells the owner of an account that it was linked, and how to undo that. */
export function accountLinkedMail(input: AccountLinkedMail): MailContent {
  return {
    subject: 'Your Total TypeScript account was linked to AI Hero',
    preview: 'If this was not you, this mail has the way to undo it.',
    heading: input.stillLinked ? 'Your accounts are linked' : 'Your accounts were linked for a while',
    blocks: [
      {kind: 'text', text: whatHappened(input)},
      {
        kind: 'text',
        text: input.stillLinked
          ? 'AI Hero courses that you bought here, and those you buy from now on, open there by themselves.'
          : 'The link has been ended since. AI Hero courses that you buy here wait until you link an account again.',
      },
      {kind: 'action', look: 'primary', label: 'See your account', href: input.accountUrl},
      {
        kind: 'text',
        text: 'This wasn’t you? Undo it within seven days. The link ends, and the courses it opened on AI Hero close there and wait for you.',
      },
      {kind: 'action', look: 'quiet', label: 'This wasn’t me', href: input.undoUrl},
    ],
    footer: `You get this mail because the Total TypeScript account ${input.email} was linked.`,
  }
}

function whatHappened({aiHeroEmail, method, linkedAt}: AccountLinkedMail): string {
  const account = aiHeroEmail === null ? 'an AI Hero account' : `the AI Hero account ${aiHeroEmail}`
  const when = linkedAt === null ? '' : ` on ${writeDay(linkedAt)}`
  const how = linkedAt === null ? null : linkMethodWords(method)
  return `Your Total TypeScript account was linked to ${account}${when}${how === null ? '' : `, ${how}`}.`
}
