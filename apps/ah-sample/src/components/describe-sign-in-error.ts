/**
 * What to tell someone whose sign-in did not work.
 *
 * @param code the `error` parameter that NextAuth puts into the address; anything may stand there
 */
export function describeSignInError(code: string | undefined): { title: string; advice: string } {
	switch (code) {
		case 'Verification':
			return {
				title: 'That sign-in link no longer works',
				advice: 'A link works once and only for a while. Ask for a new one and open it on this device.',
			}
		case 'OAuthAccountNotLinked':
			return {
				title: 'That email already has an account here',
				advice:
					'Sign in the way you did before, for example with the email link. We do not join accounts only because their addresses match.',
			}
		case 'AccessDenied':
			return {
				title: 'You were not signed in',
				advice: 'The sign-in was refused or cancelled. Nothing has changed; you can try again.',
			}
		case 'ProviderEmailMissing':
			return {
				title: 'No email address came with that sign-in',
				advice:
					'The provider has no confirmed address for you, and your courses hang on one. Nothing was made or changed. Confirm your address there and try again, or sign in with an email link.',
			}
		case 'TooManyEmails':
			return {
				title: 'We have mailed you several links already',
				advice:
					'Use the newest one, and look into your spam folder too. Each works. If none has come, try again in ten minutes.',
			}
		case 'EmailSignInError':
			return {
				title: 'We could not send the email',
				advice: 'Nothing has changed. Wait a minute and ask for the link again, or sign in another way.',
			}
		default:
			return {
				title: 'Signing in did not work',
				advice: 'This is on our side, or the sign-in was interrupted. Nothing has changed; please try again.',
			}
	}
}
