import type { LinkToken } from '@cross-app/shared'
import type { CrossAppContext } from '../context'
import { type LinkedAndClaimed, linkAndClaim } from './link-and-claim'

/**
 * The explicit link: the signed-in person saw both identities and said yes. The token is used up with it.
 *
 * @param input.token verified
 * @throws LinkRefusedError token-used, seller-linked-elsewhere, granter-linked-elsewhere or user-missing; then nothing was
 * written but one audit row
 */
export function confirmLink(
	context: CrossAppContext,
	{ token, userId }: { token: LinkToken; userId: string },
): Promise<LinkedAndClaimed> {
	const { sellerUserId, sellerEmail, tokenId } = token
	return linkAndClaim(context, { sellerUserId, userId, ground: { kind: 'explicit', tokenId, sellerEmail } })
}
