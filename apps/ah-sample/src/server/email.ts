import { CrossAppError } from '@cross-app/shared'
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

/** The mail provider did not take the mail. `retryable`: it may later. Never holds the address. */
export class EmailNotAcceptedError extends CrossAppError {
	constructor(reason: string, options: { retryable: boolean }) {
		super(
			'email-not-accepted',
			`The mail provider did not accept the mail (${reason}). Check RESEND_API_KEY and EMAIL_FROM.`,
			options,
		)
	}
}

/** What Resend answers to a mail that stays wrong however often it is sent, such as an address that is none. */
const FINAL_REASONS = ['validation_error', 'missing_required_field', 'invalid_parameter', 'invalid_access']
/** The key was used for a mail that was accepted; rendered again, it only reads differently. */
const ACCEPTED_BEFORE = 'invalid_idempotent_request'

let client: Resend | undefined

function resend(): Resend {
	client ??= new Resend(env.RESEND_API_KEY, env.RESEND_BASE_URL ? { baseUrl: env.RESEND_BASE_URL } : {})
	return client
}

/**
 * Sends one mail.
 *
 * @returns `accepted-before` when the provider has a mail under this key that reads differently
 * @throws EmailNotAcceptedError
 */
export async function sendEmail(email: Email): Promise<'accepted' | 'accepted-before'> {
	const { error } = await resend().emails.send(
		{ from: env.EMAIL_FROM, to: email.to, subject: email.subject, html: email.html, text: email.text },
		{ idempotencyKey: email.idempotencyKey },
	)
	if (!error) return 'accepted'
	if (error.name === ACCEPTED_BEFORE) return 'accepted-before'
	throw new EmailNotAcceptedError(error.name, { retryable: !FINAL_REASONS.includes(error.name) })
}
