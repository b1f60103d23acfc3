import { type LinkRefusal, stableId } from '@cross-app/shared'
import { recordAuditOnce } from '../audit/record-audit'
import type { CrossAppContext } from '../context'
import { readDatabaseClock } from '../database/clock'

const ONCE_IN_MS = 60_000

/**
 * The one thing that a refused link leaves behind. What is not known, as with a token that is not genuine, is null. The
 * same refusal, of the same two, is written once a minute: whoever asks a thousand times must not fill the audit.
 */
export async function recordRefusal(
	context: Pick<CrossAppContext, 'db' | 'log'>,
	input: {
		refusal: LinkRefusal | 'form-expired'
		sellerUserId: string | null
		userId: string | null
		method: string
	},
): Promise<void> {
	const { refusal, sellerUserId, userId, method } = input
	context.log.info('cross_app.link_refused', { refusal, method })
	const now = await readDatabaseClock(context.db)
	const minute = Math.floor(now.getTime() / ONCE_IN_MS)
	const subject = sellerUserId ?? 'unknown'
	const actor = userId === null ? 'unknown' : `user:${userId}`
	await recordAuditOnce(context.db, {
		id: await stableId('link-refused', subject, actor, refusal, method, String(minute)),
		actor,
		action: 'link.refused',
		subject,
		data: { refusal, linkedUserId: sellerUserId, userId, method },
	})
}
