import { render } from 'react-email'
import type { EmailContent, RenderedEmail } from '../mail/email-content'
import { accessClaimed } from './access-claimed'
import { accessEnded } from './access-ended'
import { accessGranted } from './access-granted'
import { accessPending } from './access-pending'
import { accountLinked } from './account-linked'
import { accountUnlinked } from './account-unlinked'
import type { EmailBody } from './email-body'
import { EmailLayout } from './email-layout'
import { writePlainText } from './write-plain-text'

/**
 * Writes one mail: its subject, its HTML and its plain-text part. The same content always gives the same mail, which is
 * what an idempotency key promises to the provider.
 */
export function renderEmail(content: EmailContent): Promise<RenderedEmail> {
	return renderBody(bodyOf(content))
}

/** The same for a mail of the app's own, such as the one that signs in. */
export async function renderBody(body: EmailBody): Promise<RenderedEmail> {
	return {
		subject: body.subject,
		html: await render(<EmailLayout content={body} />),
		text: writePlainText(body),
	}
}

function bodyOf(content: EmailContent): EmailBody {
	switch (content.template) {
		case 'access-granted':
			return accessGranted(content.data)
		case 'access-pending':
			return accessPending(content.data)
		case 'access-claimed':
			return accessClaimed(content.data)
		case 'access-ended':
			return accessEnded(content.data)
		case 'account-linked':
			return accountLinked(content.data)
		case 'account-unlinked':
			return accountUnlinked(content.data)
	}
}
