/** What a page says about what has just happened, or has not. */
export interface AccountMessage {
  tone: 'hint' | 'problem'
  title: string
  detail: string
}

/**
 * Words for the ways back to the account page.
 *
 * @param problem the `problem` of the query: why something was refused
 * @returns null when nothing was refused
 */
export function accountProblem(problem: string): AccountMessage | null {
  if (problem === '') return null
  return {tone: 'problem', ...wordsOf(problem)}
}

function wordsOf(problem: string): {title: string; detail: string} {
  switch (problem) {
    case 'already-linked':
      return {
        title: 'Your accounts are linked already',
        detail: 'To link another AI Hero account, unlink this one first.',
      }
    case 'seller-linked-elsewhere':
      return {
        title: 'This account is linked to another AI Hero account',
        detail: 'Unlink that one first. Nothing was changed.',
      }
    case 'granter-linked-elsewhere':
      return {
        title: 'That AI Hero account is linked to someone else’s account here',
        detail: 'Unlink it in its AI Hero profile first. Nothing was changed.',
      }
    case 'still-unlinking':
      return {
        title: 'The last link is still being ended',
        detail: 'AI Hero has been asked and has not answered yet. Try again in a minute.',
      }
    case 'not-linked':
      return {title: 'There is nothing to unlink', detail: 'Your accounts are not linked.'}
    case 'token-expired':
      return {
        title: 'That took too long',
        detail: 'For your safety, linking has to be finished within ten minutes. Please start again.',
      }
    case 'token-used':
    case 'token-invalid':
      return {title: 'That link does not work any more', detail: 'Nothing was changed. Please start again.'}
    case 'bad-return':
      return {
        title: 'Linking could not be started',
        detail:
          'The address to go back to is not one of AI Hero’s. Nothing was changed. Please start from here.',
      }
    case 'user-missing':
      return {title: 'One of the two accounts does not exist any more', detail: 'Nothing was changed.'}
    case 'confirm-delete':
      return {title: 'Your account was not deleted', detail: 'Deleting it has to be confirmed on this page.'}
    default:
      return {title: 'That did not work', detail: 'Nothing was changed. Please try again.'}
  }
}
