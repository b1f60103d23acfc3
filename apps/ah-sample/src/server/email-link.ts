import { createHash } from 'node:crypto'
import { sendEmail } from './email'

export const EMAIL_LINK_MINUTES = 30

/** Mails the link that signs in whoever opens it. @throws EmailNotAcceptedError: the page then says so */
export async function sendSignInLink(input: { to: string; url: string }): Promise<void> {
	const href = input.url.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
	await sendEmail({
		to: input.to,
		subject: 'Your sign-in link for AI Hero',
		text: `Sign in to AI Hero:\n${input.url}\n\nThe link works once, for ${EMAIL_LINK_MINUTES} minutes. If you did not ask for it, ignore this mail.\n`,
		html: `<div style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;color:#1c1917"><p>Sign in to AI Hero:</p><p><a href="${href}" style="display:inline-block;padding:12px 20px;background:#f59e0b;color:#1c1917;text-decoration:none;font-weight:600;border-radius:6px">Sign in</a></p><p style="color:#57534e">The link works once, for ${EMAIL_LINK_MINUTES} minutes. If you did not ask for it, ignore this mail.</p></div>`,
		// Every link is another mail, and a repeated request of the same one is not.
		idempotencyKey: `sign-in-${createHash('sha256').update(input.url).digest('hex')}`,
	})
}
