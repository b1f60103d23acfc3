import { readForm, seeOther } from '@/cross-app'
import type { Viewer } from '@/server/auth'
import { env } from '@/server/env'
import { checkAdminPost } from './check-admin-post'
import { grantsHref, readGrantQuery } from './grant-query'
import { sealSearch } from './sealed-search'

/**
 * `POST /api/admin/search`: leads to the list that the form asks for. Posted, so that an email address goes from the
 * field into no address of a page.
 */
export async function handleSearch(request: Request, viewer: Viewer | null): Promise<Response> {
	const checked = checkAdminPost(request, viewer)
	if ('refusal' in checked) return checked.refusal
	const form = await readForm(request)
	const fields = Object.fromEntries(
		[...(form ?? new FormData())].filter((field): field is [string, string] => typeof field[1] === 'string'),
	)
	const q = sealSearch(fields.q ?? '', env.AUTH_SECRET)
	if (fields.in === 'people')
		return seeOther(q === '' ? '/admin/people' : `/admin/people?${new URLSearchParams({ q })}`)
	return seeOther(grantsHref({ ...readGrantQuery(fields), q, after: '' }))
}
