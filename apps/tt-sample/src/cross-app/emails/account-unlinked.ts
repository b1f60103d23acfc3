import {writeDay} from '../ui/write-day'
import type {MailContent} from './mail-content'

export interface AccountUnlinkedMail {
  /** The address of this app's account. */
  email: string
  /** AI Hero's address; null when the link did not bring one. */
  aiHeroEmail: string | null
  /** Null when the records already tell of a later link. */
  unlinkedAt: Date | null
  /** The courses that the link had opened were closed too. */
  released: boolean
  linkedAgain: boolean
  accountUrl: string
}

/** Tells the owner of an account that its link has ended, what stays and what stops. */
export function accountUnlinkedMail(input: AccountUnlinkedMail): MailContent {
  const {aiHeroEmail, unlinkedAt, released, linkedAgain} = input
  const account = aiHeroEmail === null ? 'AI Hero' : `the AI Hero account ${aiHeroEmail}`
  const when = unlinkedAt === null ? '' : ` on ${writeDay(unlinkedAt)}`
  return {
    subject: 'Your Total TypeScript account was unlinked from AI Hero',
    preview: released
      ? 'What happens to your AI Hero courses now.'
      : 'What stays open on AI Hero, and what waits.',
    heading: 'Your accounts are no longer linked',
    blocks: [
      {kind: 'text', text: `Your Total TypeScript account was unlinked from ${account}${when}.`},
      {
        kind: 'list',
        items: [
          released
            ? {
                title: 'What closed',
                detail:
                  'The AI Hero courses that this link had opened. They are reserved for you and open when you link an account again.',
              }
            : {title: 'What stays', detail: 'AI Hero courses that you have already opened stay open there.'},
          {
            title: 'What stops',
            detail: 'AI Hero courses that you buy from now on wait until you link an account again.',
          },
        ],
      },
      ...(linkedAgain
        ? [
            {
              kind: 'text' as const,
              text: 'An account has been linked again since: your account page shows which.',
            },
          ]
        : []),
      {kind: 'action', look: 'primary', label: 'See your account', href: input.accountUrl},
    ],
    footer: `You get this mail because the Total TypeScript account ${input.email} was linked to AI Hero.`,
  }
}
