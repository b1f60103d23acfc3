import { seeOther } from '@/cross-app'
import type { Viewer } from '@/server/auth'
import { isSameOrigin } from '@/server/same-origin'

/**
 * Lets a posted form on only from a page of this app, and from an administrator.
 *
 * @returns who it is, or how to refuse
 */
export function checkAdminPost(
	request: Request,
	viewer: Viewer | null,
): { admin: Viewer } | { refusal: Response } {
	if (!isSameOrigin(request)) {
		return { refusal: new Response('This form belongs to another site.', { status: 403 }) }
	}
	if (viewer === null) return { refusal: seeOther('/sign-in?callbackUrl=%2Fadmin') }
	if (viewer.role !== 'admin') return { refusal: new Response('There is nothing here.', { status: 404 }) }
	return { admin: viewer }
}
