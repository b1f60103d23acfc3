import { listGrantsOfUser } from '@/cross-app'
import type { ViewerAccess } from './describe-course'
import { readOpenContent } from './list-entitlements'

/** Everything a page needs to decide what is open for a viewer, and to say why something is not. */
export async function readViewerAccess(input: { userId: string | null }): Promise<ViewerAccess> {
	const [openContent, grants] = await Promise.all([
		readOpenContent(input),
		input.userId === null ? [] : listGrantsOfUser({ userId: input.userId }),
	])
	return { userId: input.userId, openContent, grants }
}
