export type UndoOutcome = 'done' | 'expired' | 'invalid'

/** What the page behind "this wasn't me" says: before it, after it, and when its link is no good. */
export function undoLinkWords(state: 'open' | UndoOutcome): {title: string; paragraphs: string[]} {
  switch (state) {
    case 'open':
      return {
        title: 'Undo the link to AI Hero?',
        paragraphs: [
          'A mail told you that your Total TypeScript account was linked to an account on AI Hero. If that wasn’t you, undo it here.',
          'The courses that this link opened on AI Hero close there. They stay reserved for you.',
        ],
      }
    case 'done':
      return {
        title: 'The link is undone',
        paragraphs: [
          'AI Hero has been told to end it, and nothing new opens by it. The courses it opened there close and stay reserved for you.',
          'Whoever linked the accounts was signed in as you. Look at the connected sign-ins of your account, and at who can read your mail.',
        ],
      }
    case 'expired':
      return {
        title: 'This link has expired',
        paragraphs: [
          'It was good for seven days. You can still unlink in your account. If courses opened for someone else, write to support.',
        ],
      }
    case 'invalid':
      return {
        title: 'This link does not work',
        paragraphs: [
          'It may have been cut short on its way to you: open it from the mail once more. You can also unlink in your account.',
        ],
      }
  }
}
