import { readForm, seeOther } from '@/cross-app'
import { getViewer, signOut } from '@/server/auth'
import { deleteAccount } from '@/server/delete-account'
import { isSameOrigin } from '@/server/same-origin'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** The "delete account" of the settings, when the form says `confirm=delete`. Ends the session too. */
export async function POST(request: Request): Promise<Response> {
	if (!isSameOrigin(request)) return new Response('This form belongs to another site.', { status: 403 })
	const viewer = await getViewer()
	if (viewer === null) return seeOther('/sign-in?callbackUrl=%2Fprofile')
	const form = await readForm(request)
	if (form?.get('confirm') !== 'delete') return seeOther('/profile?account=not-confirmed')
	await signOut({ redirect: false })
	await deleteAccount({ userId: viewer.id })
	return seeOther('/account-deleted')
}
