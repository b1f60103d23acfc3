import { readForm, seeOther, support } from '@/cross-app'
import type { Viewer } from '@/server/auth'
import { checkAdminPost } from './check-admin-post'
import { readReason } from './read-reason'

/**
 * `POST /api/admin/links/unlink`: support ends a link. Fields: sellerUserId, linkRevision (the link that was looked at),
 * claims (`keep` or `release`), reason, person (whose page to go back to).
 */
export async function handleUnlink(request: Request, viewer: Viewer | null): Promise<Response> {
	const checked = checkAdminPost(request, viewer)
	if ('refusal' in checked) return checked.refusal
	const form = await readForm(request)
	const text = (name: string) => {
		const value = form?.get(name)
		return typeof value === 'string' ? value : ''
	}
	const sellerUserId = text('sellerUserId')
	const linkRevision = Number(text('linkRevision'))
	const page = `/admin/people/${encodeURIComponent(text('person') || sellerUserId)}`
	if (sellerUserId === '' || !Number.isInteger(linkRevision) || linkRevision < 1)
		return seeOther('/admin/people')
	const reason = readReason(form?.get('reason'))
	if (reason === null) return seeOther(`${page}?outcome=reason-missing`)
	const outcome = await support.unlink({
		sellerUserId,
		linkRevision,
		release: text('claims') === 'release',
		actor: `user:${checked.admin.id}`,
		reason,
	})
	return seeOther(`${page}?outcome=${outcome}`)
}
