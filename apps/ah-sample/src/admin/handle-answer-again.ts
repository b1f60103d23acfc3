import { isCrossAppError } from '@cross-app/shared'
import { readForm, seeOther, support } from '@/cross-app'
import type { Viewer } from '@/server/auth'
import { checkAdminPost } from './check-admin-post'
import { readReason } from './read-reason'

/** `POST /api/admin/grants/answer`: support has a grant applied and answered again. Fields: grantId, stateVersion, press, reason. */
export async function handleAnswerAgain(request: Request, viewer: Viewer | null): Promise<Response> {
	const checked = checkAdminPost(request, viewer)
	if ('refusal' in checked) return checked.refusal
	const form = await readForm(request)
	const grantId = form?.get('grantId')
	if (typeof grantId !== 'string' || grantId === '') return seeOther('/admin/grants')
	const page = `/admin/grants/${encodeURIComponent(grantId)}`
	const reason = readReason(form?.get('reason'))
	if (reason === null) return seeOther(`${page}?outcome=reason-missing`)
	const press = form?.get('press')
	const stateVersion = Number(form?.get('stateVersion') ?? Number.NaN)
	if (typeof press !== 'string' || press === '' || !Number.isInteger(stateVersion)) {
		return seeOther(`${page}?outcome=grant-changed`)
	}
	try {
		const actor = `user:${checked.admin.id}`
		const answered = await support.retryGrant({ grantId, reason, actor, press, stateVersion })
		return seeOther(`${page}?outcome=answered-${answered}`)
	} catch (error) {
		if (!isCrossAppError(error)) throw error
		if (error.code === 'not-found') return seeOther(page)
		return seeOther(`${page}?outcome=${error.code}`)
	}
}
