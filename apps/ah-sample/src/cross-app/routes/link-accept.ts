import { isLinkRefused, type LinkRefusal, type LinkToken } from '@cross-app/shared'
import { bridge, context, env, isSameOrigin } from '../host'
import { confirmLink } from '../links/confirm-link'
import { isFormToken } from '../links/form-token'
import { readLiveLink } from '../links/read-live-link'
import { recordRefusal } from '../links/record-refusal'
import { dispatchAfterCommit } from '../outbox/dispatch-after-commit'
import { linkCookie, readCookie, setCookie } from './link-cookies'
import { readForm } from './read-form'
import { seeOther } from './see-other'

/** Who is signed in, given by the app; null when nobody is. */
export type RouteSession = { userId: string; sessionToken: string } | null

type AcceptInput = {
	session: RouteSession
	/** Gives a path of this app for whatever was asked for. */
	safeReturnPath(requested: unknown): string
}

/**
 * `POST /account-link/accept`: the person's yes. It counts only from this app's own review page, of this session and
 * for this token (case 24); the token comes from the cookie, never from the form.
 */
export async function handleLinkAccept(request: Request, input: AcceptInput): Promise<Response> {
	const { session } = input
	const form = await readForm(request)
	if (!isSameOrigin(request) || form === null) return refuse(session, 'form-expired')
	if (session === null) return seeOther('/account-link/review')
	const given = readCookie(request, linkCookie())
	if (given === null) return withoutToken(session)
	try {
		const token = await bridge.verifyLinkToken(given)
		const { sessionToken, userId } = session
		const expected = { secret: env.AUTH_SECRET, sessionToken, tokenId: token.tokenId }
		if (!isFormToken(form.get('formToken'), expected)) return refuse(session, 'form-expired', token)
		const { outboxIds } = await confirmLink(context, { token, userId })
		await dispatchAfterCommit(context, outboxIds)
		return seeOther(donePath(token, input), [setCookie(linkCookie(), null)])
	} catch (error) {
		if (!isLinkRefused(error)) throw error
		const { refusal } = error
		// What the link verb refuses, it has audited; an unreadable token never got there.
		if (refusal === 'token-invalid' || refusal === 'token-expired') return refuse(session, refusal)
		return seeOther(`/account-link/problem?reason=${refusal}`, [setCookie(linkCookie(), null)])
	}
}

/** A second tab after the first was confirmed: what the person asked for is so. */
async function withoutToken(session: NonNullable<RouteSession>): Promise<Response> {
	const link = await readLiveLink(context, session)
	return link === null ? refuse(session, 'token-invalid') : seeOther('/account-link/done')
}

async function refuse(
	session: RouteSession,
	refusal: LinkRefusal | 'form-expired',
	token?: LinkToken,
): Promise<Response> {
	await recordRefusal(context, {
		refusal,
		sellerUserId: token?.sellerUserId ?? null,
		userId: session?.userId ?? null,
		method: 'explicit',
	})
	// A form that is not this session's may be somebody else's: the person's own token stays good for their own form.
	const cookies = refusal === 'form-expired' ? [] : [setCookie(linkCookie(), null)]
	return seeOther(`/account-link/problem?reason=${refusal}`, cookies)
}

function donePath({ returnTo }: LinkToken, { safeReturnPath }: AcceptInput): string {
	if (returnTo === null) return '/account-link/done'
	return `/account-link/done?returnTo=${encodeURIComponent(safeReturnPath(returnTo))}`
}
