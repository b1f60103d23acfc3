import type { EmailBody } from './email-body'

/**
 * The plain-text part: the same words in the same order, made for reading without any markup. Lines are not wrapped;
 * mail programs do that, and a wrapped address would not open.
 */
export function writePlainText({ heading, paragraphs, courses, action, notes }: EmailBody): string {
	const blocks = [
		heading,
		...paragraphs,
		courses.map(({ title, href }) => (href === null ? `- ${title}` : `- ${title}\n  ${href}`)).join('\n'),
		action === null ? '' : `${action.label}:\n${action.href}`,
		...notes.map(({ text, link }) => (link === undefined ? text : `${text}\n${link.label}:\n${link.href}`)),
		'--\nAI Hero',
	]
	return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
