import { isLinkRefused, type LinkRefusal } from '@cross-app/shared'
import { bridge, context, isSameOrigin } from '../host'
import { recordRefusal } from '../links/record-refusal'
import { undoLink } from '../links/undo-link'
import { dispatchAfterCommit } from '../outbox/dispatch-after-commit'
import { readCookie, setCookie, undoCookie } from './link-cookies'
import { seeOther } from './see-other'

/**
 * `GET /account-link/not-me?token=…`, from a mail: the token goes into a cookie and the page asks once more, because
 * programs that look through mails open links too.
 */
export async function handleUndoOpen(request: Request): Promise<Response> {
	const token = new URL(request.url).searchParams.get('token') ?? ''
	try {
		await bridge.verifyUndoToken(token)
		return seeOther('/account-link/undo', [setCookie(undoCookie(), token)])
	} catch (error) {
		if (!isLinkRefused(error)) throw error
		return refuse(error.refusal)
	}
}

/** `POST /account-link/not-me`: ends that link and frees what it claimed. The mail's token is the permission. */
export async function handleUndo(request: Request): Promise<Response> {
	if (!isSameOrigin(request)) return refuse('form-expired')
	const token = readCookie(request, undoCookie())
	if (token === null) return refuse('token-invalid')
	try {
		const undo = await bridge.verifyUndoToken(token)
		const { outcome, outboxIds } = await undoLink(context, { undo })
		await dispatchAfterCommit(context, outboxIds)
		return seeOther(`/account-link/undone?outcome=${outcome}`, [setCookie(undoCookie(), null)])
	} catch (error) {
		if (!isLinkRefused(error)) throw error
		return refuse(error.refusal)
	}
}

async function refuse(refusal: LinkRefusal | 'form-expired'): Promise<Response> {
	await recordRefusal(context, { refusal, sellerUserId: null, userId: null, method: 'undo' })
	return seeOther(`/account-link/problem?of=undo&reason=${refusal}`)
}
