import { Resend } from 'resend'
import { env } from './env'

export type Email = {
	to: string
	subject: string
	html: string
	text: string
	/** The same key sends one mail, however often it is tried (Resend keeps it for a day). */
	idempotencyKey: string
}

/** The mail provider did not take the mail; it may later. Never holds the address. */
export class EmailNotAcceptedError extends Error {
	constructor(reason: string) {
		super(`The mail provider did not accept the mail (${reason}). Check RESEND_API_KEY and EMAIL_FROM.`)
		this.name = 'EmailNotAcceptedError'
	}
}

let client: Resend | undefined

function resend(): Resend {
	client ??= new Resend(env.RESEND_API_KEY, env.RESEND_BASE_URL ? { baseUrl: env.RESEND_BASE_URL } : {})
	return client
}

/** Sends one mail. @throws EmailNotAcceptedError */
export async function sendEmail(email: Email): Promise<{ id: string }> {
	const { data, error } = await resend().emails.send(
		{ from: env.EMAIL_FROM, to: email.to, subject: email.subject, html: email.html, text: email.text },
		{ idempotencyKey: email.idempotencyKey },
	)
	if (error) throw new EmailNotAcceptedError(error.name)
	return { id: data.id }
}
