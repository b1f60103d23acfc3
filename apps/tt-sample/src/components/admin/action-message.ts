import type {AccountMessage} from '../account-message'

/**
 * What a purchase's page says about the button that was just pressed.
 *
 * @param outcome `done` (which button), `sent` and `problem` of the page's address
 * @returns null when nothing was pressed
 */
export function actionMessage(outcome: {done: string; sent: string; problem: string}): AccountMessage | null {
  const {done, sent, problem} = outcome
  if (problem === 'moved-on') {
    return {
      tone: 'problem',
      title: 'It has changed while you were looking',
      detail:
        'Nothing was done. Somebody else, or the system, has changed this course since your page was loaded. Look at it as it is now, and press again if you still want to.',
    }
  }
  if (problem === 'facts-unreadable') {
    return {
      tone: 'problem',
      title: 'Stripe can’t be asked at the moment',
      detail:
        'This course stays stopped until its refunds and disputes have been read from Stripe. That is tried again every minute; your request and its reason are on record.',
    }
  }
  const title = titles[done]
  if (title === undefined) return null
  return {
    tone: 'hint',
    title,
    detail:
      sent === 'no'
        ? 'AI Hero could not be reached just now. Nothing more is to be done: it is sent again until AI Hero has confirmed it.'
        : 'AI Hero has been told. Its answer shows up below by itself.',
  }
}

const titles: Record<string, string | undefined> = {
  retry: 'Sent again',
  hold: 'On hold',
  release: 'Hold released',
}
