import { APP_NAMES } from '@cross-app/shared'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { readLiveLink } from './read-live-link'

export type LinkedAccount =
	| {
			linked: true
			appName: string
			/** ISO 8601. */
			since: string
			/** In words. */
			method: string
			/** The other account's address, where a person confirmed the link; else null. */
			sellerEmail: string | null
	  }
	| { linked: false; appName: string /** Absolute: linking starts there. */; linkHref: string }

const METHODS: Record<string, string> = {
	explicit: 'Confirmed by you',
	'oauth-github': 'Same GitHub account',
	'oauth-discord': 'Same Discord account',
}

/** The line "linked account" of a user's settings. */
export async function readLinkedAccount(
	context: Pick<CrossAppContext, 'db'>,
	input: { userId: string; sellerLinkUrl: string },
): Promise<LinkedAccount> {
	const appName = APP_NAMES[SOURCE_APP]
	const link = await readLiveLink(context, input)
	if (link === null) return { linked: false, appName, linkHref: input.sellerLinkUrl }
	return {
		linked: true,
		appName,
		since: (link.linkedAt ?? link.createdAt).toISOString(),
		method: METHODS[link.linkMethod ?? ''] ?? 'Linked',
		sellerEmail: link.linkedEmail,
	}
}
