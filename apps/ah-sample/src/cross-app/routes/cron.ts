import { createHash, timingSafeEqual } from 'node:crypto'
import { context, env } from '../host'
import { sweep } from '../outbox/sweep'
import { respondJson } from './respond'

/** `GET` or `POST /api/cron/sweep` with `Authorization: Bearer CRON_SECRET`: the sweep, for a cron that is not Inngest's. */
export async function handleCron(request: Request): Promise<Response> {
	if (!isAuthorised(request.headers.get('authorization'), env.CRON_SECRET)) {
		return respondJson(
			{ error: { code: 'unauthorised', message: 'Send "Authorization: Bearer CRON_SECRET".' } },
			401,
		)
	}
	return respondJson(await sweep(context))
}

/** Digests are compared, so that the time taken tells neither length nor content. */
function isAuthorised(header: string | null, secret: string): boolean {
	const digest = (value: string) => createHash('sha256').update(value).digest()
	return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${secret}`))
}
