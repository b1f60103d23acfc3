/**
 * What to say about an error code of the sign-in library: on the sign-in page, and on the page for errors that no
 * second attempt on that page can mend.
 *
 * @param code the `error` of the query
 * @see https://next-auth.js.org/configuration/pages
 */
export function signInProblem(code: string): {title: string; detail: string} {
  switch (code) {
    case 'OAuthAccountNotLinked':
      return {
        title: 'This address belongs to another way of signing in',
        detail: 'Use the way you signed in with before, or ask for an email link to the same address.',
      }
    case 'AccessDenied':
      return {
        title: 'You were not let in',
        detail: 'The sign-in was refused or cancelled. You can try again.',
      }
    case 'Verification':
      return {
        title: 'This link does not work any more',
        detail: 'Email links work once and only for a while. Ask for a new one.',
      }
    case 'ProviderEmailMissing':
      return {
        title: 'We were given no address of yours',
        detail:
          'We only take an address that GitHub or Discord has confirmed. Confirm one there and try again, or use an email link. Nothing was stored.',
      }
    case 'EmailSignin':
      return {
        title: 'The email could not be sent',
        detail: 'Check the address and try again. If it is right, wait a minute first.',
      }
    case 'TooManyEmails':
      return {
        title: 'We have mailed you several links already',
        detail:
          'Use the newest one, and look among unwanted mail too. Each works. If none has come, try again in ten minutes.',
      }
    case 'SessionRequired':
      return {title: 'Please sign in first', detail: 'That page is for signed-in people only.'}
    case 'Configuration':
      return {
        title: 'Sign-in is not working right now',
        detail: 'The fault is on our side, not yours. Please try again in a few minutes.',
      }
    default:
      return {title: 'Signing in did not work', detail: 'Nothing has changed. Please try again.'}
  }
}
