import { createHmac, timingSafeEqual } from 'node:crypto'

type FormTokenInput = {
	/** The app's own secret for signing. */
	secret: string
	/** The session it belongs to: another session's form is refused. */
	sessionToken: string
	/** The link token's id: the form of another link is refused. */
	tokenId: string
}

/** The hidden field of the review page's form: only who can read this very page of this very session has it. */
export function createFormToken({ secret, sessionToken, tokenId }: FormTokenInput): string {
	const message = JSON.stringify(['account-link-form', sessionToken, tokenId])
	return createHmac('sha256', secret).update(message).digest('base64url')
}

/** Compared in constant time. */
export function isFormToken(given: unknown, input: FormTokenInput): boolean {
	if (typeof given !== 'string') return false
	const [left, right] = [Buffer.from(given), Buffer.from(createFormToken(input))]
	return left.length === right.length && timingSafeEqual(left, right)
}
