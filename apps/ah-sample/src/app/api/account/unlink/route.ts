import { seeOther, unlinkAccount } from '@/cross-app'
import { getViewer } from '@/server/auth'
import { isSameOrigin } from '@/server/same-origin'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** The "unlink" of the settings. What was claimed stays open. */
export async function POST(request: Request): Promise<Response> {
	if (!isSameOrigin(request)) return new Response('This form belongs to another site.', { status: 403 })
	const viewer = await getViewer()
	if (viewer === null) return seeOther('/sign-in?callbackUrl=%2Fprofile')
	await unlinkAccount({ userId: viewer.id })
	return seeOther('/profile?account=unlinked')
}
