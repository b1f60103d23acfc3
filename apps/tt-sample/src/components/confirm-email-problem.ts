/**
 * Why an address can't be confirmed by this link, and what to do instead.
 *
 * @param code the `problem` of the query, or what reading the link's token came to
 */
export function confirmEmailProblem(code: string): {title: string; detail: string} {
  switch (code) {
    case 'confirmed':
      return {
        title: 'This address is confirmed already',
        detail: 'There is nothing left to do. Sign in to see what you have.',
      }
    case 'expired':
      return {
        title: 'This link has expired',
        detail:
          'Nothing is lost. Sign in with an email link to the address you paid with: that confirms it as well.',
      }
    default:
      return {
        title: 'This link does not work',
        detail:
          'It may have been cut short on its way to you. Sign in with an email link to the address you paid with: that confirms it as well.',
      }
  }
}
