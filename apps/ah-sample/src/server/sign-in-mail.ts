import type { EmailBody } from '@/cross-app'

/** The mail with the link that signs in whoever opens it: keep `url` out of logs. */
export function signInMail({ url, minutes }: { url: string; minutes: number }): EmailBody {
	return {
		subject: 'Your sign-in link for AI Hero',
		preview: `It works once, for ${minutes} minutes.`,
		heading: 'Sign in to AI Hero',
		paragraphs: [`Here is the link you asked for. It works once, for ${minutes} minutes.`],
		courses: [],
		action: { label: 'Sign in', href: url },
		notes: [{ text: 'You didn’t ask for it? Ignore this mail: without the link nobody gets in.' }],
		footer: 'You get this mail because somebody typed your address into AI Hero’s sign-in page.',
	}
}
