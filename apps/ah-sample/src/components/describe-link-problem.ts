/** What a person can do next. */
export type NextStep = 'start-again' | 'review-again' | 'seller-account' | 'profile'

export type LinkProblem = { title: string; advice: string; next: NextStep[] }

/**
 * What to tell someone whose accounts were not linked, and what to do next.
 *
 * @param reason a `LinkRefusal`, or `form-expired`; it comes from the address, where anything may stand
 */
export function describeLinkProblem(reason: string | null): LinkProblem {
	switch (reason) {
		case 'token-expired':
			return {
				title: 'This took too long',
				advice:
					'A request to link is good for ten minutes, and this one is older. Nothing has changed. Start again from your Total TypeScript account; it takes a minute.',
				next: ['start-again'],
			}
		case 'token-used':
			return {
				title: 'This request was used before',
				advice:
					'A request to link works once. If that was you, your accounts are linked already: look at your profile. Otherwise start again from your Total TypeScript account.',
				next: ['profile', 'start-again'],
			}
		case 'seller-linked-elsewhere':
			return {
				title: 'That Total TypeScript account is linked already',
				advice:
					'It is linked to another AI Hero account. Nothing has changed. Either sign in here with that other account, or unlink it first in your Total TypeScript account and start again.',
				next: ['seller-account'],
			}
		case 'granter-linked-elsewhere':
			return {
				title: 'This AI Hero account is linked already',
				advice:
					'It is linked to another Total TypeScript account. Nothing has changed. Unlink that one in your profile first, or sign in here with another AI Hero account; then start again.',
				next: ['profile', 'start-again'],
			}
		case 'still-unlinking':
			return {
				title: 'Your last link is still being ended',
				advice:
					'That usually takes seconds. Nothing has changed. Wait a minute, then start again from your Total TypeScript account.',
				next: ['start-again'],
			}
		case 'user-missing':
			return {
				title: 'One of the two accounts is gone',
				advice:
					'An account that was deleted can’t be linked. Nothing has changed. Sign in to Total TypeScript again and start from there.',
				next: ['start-again'],
			}
		case 'form-expired':
			return {
				title: 'That page was out of date',
				advice:
					'You signed in or out after it was opened. Nothing has changed. Look at both accounts again, and press the button there.',
				next: ['review-again'],
			}
		case 'token-invalid':
			return {
				title: 'There is nothing to link here',
				advice:
					'The request to link is missing, incomplete or older than ten minutes. Nothing has changed. Start again from your Total TypeScript account.',
				next: ['start-again'],
			}
		default:
			return {
				title: 'The accounts were not linked',
				advice: 'Nothing has changed. Start again from your Total TypeScript account.',
				next: ['start-again'],
			}
	}
}

/** The same for "this wasn't me" in a mail. */
export function describeUndoProblem(reason: string | null): LinkProblem {
	return reason === 'token-expired'
		? {
				title: 'This is too long ago to undo',
				advice:
					'The link in the mail was good for seven days. You can still end the link between the accounts in your profile. If courses should go back too, write to support.',
				next: ['profile'],
			}
		: {
				title: 'We can’t tell which link you mean',
				advice:
					'Nothing has changed. Open “This wasn’t me” from the mail once more; if your mail program has cut the address, copy all of it. You can also end the link in your profile.',
				next: ['profile'],
			}
}
