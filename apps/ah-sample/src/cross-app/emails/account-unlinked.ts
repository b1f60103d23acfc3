import type { UnlinkedBy } from '@cross-app/shared'
import type { DataOf } from './data-of'
import type { EmailBody } from './email-body'

const CAUSES: Record<UnlinkedBy, string> = {
	user: 'Your AI Hero account and your Total TypeScript account are no longer linked, as you asked.',
	'not-me':
		'Your AI Hero account and a Total TypeScript account are no longer linked: “This wasn’t me” was chosen in the mail about it.',
	refused: 'Total TypeScript could not accept the link with your AI Hero account, so the two are not linked.',
	'account-deleted':
		'The Total TypeScript account that was linked with your AI Hero account was deleted, so the link has ended.',
}

/** The link has ended: what stays, and what stops. */
export function accountUnlinked({ by, released, profileHref }: DataOf<'account-unlinked'>): EmailBody {
	return {
		subject: 'Your AI Hero account is no longer linked with Total TypeScript',
		preview: released
			? 'Courses that came by this link are closed.'
			: 'Courses that are open here stay open.',
		heading: 'Your accounts are no longer linked',
		paragraphs: [
			CAUSES[by],
			released
				? 'Courses that this link had opened here are closed; they wait for whoever bought them.'
				: 'Courses that are open here stay open. A bundle bought on Total TypeScript from now on does not open here by itself.',
		],
		courses: [],
		action: { label: 'My profile', href: profileHref },
		notes:
			by === 'account-deleted'
				? []
				: [{ text: 'You can link the two accounts again at any time, from your profile.' }],
	}
}
