import { InvalidEmailError, normaliseEmail } from '@cross-app/shared'

/**
 * The address of a user, as both apps compare it; null when the host's column holds what is no address. Older systems
 * let anything in there, and it must not stop a page or a link, which goes by ids.
 */
export function addressOf(user: { email: string }): string | null {
	try {
		return normaliseEmail(user.email)
	} catch (error) {
		if (!(error instanceof InvalidEmailError)) throw error
		return null
	}
}
