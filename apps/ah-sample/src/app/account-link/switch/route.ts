import { seeOther } from '@/cross-app'
import { signOut } from '@/server/auth'
import { isSameOrigin } from '@/server/same-origin'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** "Not you?" on the review page: signs out here, keeps the link's token, and comes back after signing in. */
export async function POST(request: Request): Promise<Response> {
	if (!isSameOrigin(request)) return seeOther('/account-link/problem?reason=form-expired')
	await signOut({ redirect: false })
	return seeOther('/sign-in?callbackUrl=%2Faccount-link%2Freview')
}
