import type { CrossAppContext } from '../context'
import { readLiveLink } from './read-live-link'
import { type Unlinked, unlink } from './unlink'

/**
 * The "unlink" of a user here: their live link ends, what it has opened stays open, and nothing automatic links them
 * again. Null when they have no link.
 *
 * @param input.notMe the link was made by somebody else who had got into the account: what it claimed is freed too
 */
export async function unlinkOwn(
	context: CrossAppContext,
	{ userId, notMe = false }: { userId: string; notMe?: boolean },
): Promise<Unlinked | null> {
	const link = await readLiveLink(context, { userId })
	if (link === null) return null
	return unlink(context, {
		sellerUserId: link.linkedUserId,
		linkRevision: null,
		by: notMe ? 'not-me' : 'user',
		release: notMe,
		actor: `user:${userId}`,
		userId,
	})
}
