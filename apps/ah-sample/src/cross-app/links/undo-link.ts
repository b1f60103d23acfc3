import type { UndoLink } from '@cross-app/shared'
import type { CrossAppContext } from '../context'
import { type Unlinked, unlink } from './unlink'

/**
 * "This wasn't me": ends the link that the mail was about, if it still stands, and frees exactly what that link claimed.
 * A second time changes nothing. The token, which only the mail held, is the permission.
 *
 * @param input.undo of a verified token
 */
export function undoLink(context: CrossAppContext, { undo }: { undo: UndoLink }): Promise<Unlinked> {
	const { sellerUserId, linkRevision } = undo
	return unlink(context, {
		sellerUserId,
		linkRevision,
		by: 'not-me',
		release: true,
		exactly: true,
		actor: 'mail',
	})
}
