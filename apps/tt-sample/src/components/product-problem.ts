/**
 * What to say when checkout sent the buyer back to the product page.
 *
 * @param code the `error` of the query
 */
export function productProblem(code: string): {title: string; detail: string} {
  switch (code) {
    case 'already-owned':
      return {title: 'You already own this', detail: 'Nothing was charged. You find it in your account.'}
    case 'unavailable':
      return {title: 'This is not for sale right now', detail: 'Nothing was charged. Please come back later.'}
    default:
      return {
        title: 'Checkout could not be opened',
        detail: 'Nothing was charged. Please try again; if it keeps happening, write to support.',
      }
  }
}
