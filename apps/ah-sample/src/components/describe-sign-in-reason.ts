/**
 * Why someone is asked to sign in, in a sentence.
 *
 * @param returnPath where they go on to, as `safeReturnPath` gives it
 */
export function describeSignInReason(returnPath: string): string {
	const path = returnPath.split('?')[0]
	if (path === '/claim') {
		return 'Your bundle is one step away. Sign in to the AI Hero account that its courses should open in; any of these ways also makes a new one, with any address.'
	}
	if (path === '/account-link/review') {
		return 'Sign in to the AI Hero account that you want to link. Any of these ways also makes a new one.'
	}
	return 'New here? Any of these ways makes your account.'
}
