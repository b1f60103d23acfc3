import { createHash } from 'node:crypto'
import { renderMail } from '@/cross-app'
import { sendEmail } from './email'
import { signInMail } from './sign-in-mail'

export const EMAIL_LINK_MINUTES = 30

/** Mails the link that signs in whoever opens it. @throws EmailNotAcceptedError: the page then says so */
export async function sendSignInLink(input: { to: string; url: string }): Promise<void> {
	await sendEmail({
		to: input.to,
		...(await renderMail(signInMail({ url: input.url, minutes: EMAIL_LINK_MINUTES }))),
		// Every link is another mail, and a repeated request of the same one is not.
		idempotencyKey: `sign-in-${createHash('sha256').update(input.url).digest('hex')}`,
	})
}
