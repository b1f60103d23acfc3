import { type LinkMethod, UNDO_LINK_DAYS } from '@cross-app/shared'
import type { DataOf } from './data-of'
import type { EmailBody } from './email-body'

const CAUSES: Record<LinkMethod, string> = {
	explicit:
		'Someone who was signed in to both accounts confirmed it: your AI Hero account and a Total TypeScript account are now linked.',
	'oauth-github':
		'Your AI Hero account and a Total TypeScript account sign in with the same GitHub account, so they are now linked.',
	'oauth-discord':
		'Your AI Hero account and a Total TypeScript account sign in with the same Discord account, so they are now linked.',
}

/** The two accounts are linked; with the way out for somebody who did not do it. */
export function accountLinked({ method, profileHref, notMeHref }: DataOf<'account-linked'>): EmailBody {
	return {
		subject: 'Your AI Hero account is linked with Total TypeScript',
		preview: `If this wasn't you, you can undo it for ${UNDO_LINK_DAYS} days.`,
		heading: 'Your accounts are linked',
		paragraphs: [
			CAUSES[method],
			'A bundle bought on Total TypeScript now opens here by itself. You can see the link and end it in your profile.',
		],
		courses: [],
		action: { label: 'My profile', href: profileHref },
		notes: [
			{
				text: `This wasn't you? For ${UNDO_LINK_DAYS} days you can undo it, without signing in: the link ends, and courses that came by it leave your account.`,
				link: { label: "This wasn't me", href: notMeHref },
			},
		],
	}
}
