import { isLinkRefused } from '@cross-app/shared'
import { bridge, context } from '../host'
import { recordRefusal } from '../links/record-refusal'
import { linkCookie, setCookie } from './link-cookies'
import { seeOther } from './see-other'

/**
 * `GET /account-link/confirm?token=…`: where the seller sends the browser. The token goes from the address into a
 * cookie, so that no page, history entry or Referer holds it; the review page asks the person.
 */
export async function handleLinkConfirm(request: Request): Promise<Response> {
	const token = new URL(request.url).searchParams.get('token') ?? ''
	try {
		await bridge.verifyLinkToken(token)
		return seeOther('/account-link/review', [setCookie(linkCookie(), token)])
	} catch (error) {
		if (!isLinkRefused(error)) throw error
		const { refusal } = error
		await recordRefusal(context, { refusal, sellerUserId: null, userId: null, method: 'explicit' })
		return seeOther(`/account-link/problem?reason=${refusal}`)
	}
}
