import type { LinkRefusal } from '@cross-app/shared'
import { recordAudit } from '../audit/record-audit'
import type { CrossAppContext } from '../context'

/** The one thing that a refused link leaves behind. What is not known, as with a token that is not genuine, is null. */
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
	await recordAudit(context.db, {
		actor: userId === null ? 'unknown' : `user:${userId}`,
		action: 'link.refused',
		subject: sellerUserId ?? 'unknown',
		data: { refusal, linkedUserId: sellerUserId, userId, method },
	})
}
