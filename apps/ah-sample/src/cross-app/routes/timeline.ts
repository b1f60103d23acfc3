import { z } from 'zod/v4'
import { readTimeline } from '../audit/read-timeline'
import { bridge, context } from '../host'
import { respondError, respondJson } from './respond'

const limit = z.coerce.number().int().min(1).max(500).default(200)
const parameters = z.union([
	z.strictObject({ purchaseId: z.string().min(1).max(191), limit }),
	// The seller's user id: the one name for a person that both apps know.
	z
		.strictObject({ userId: z.string().min(1).max(191), limit })
		.transform((query) => ({ sellerUserId: query.userId, limit: query.limit })),
	z.strictObject({ since: z.iso.datetime().transform((value) => new Date(value)), limit }),
])

/**
 * `GET /api/cross-app/timeline?purchaseId=|userId=|since=`: audit rows of one purchase, of one of the seller's users, or
 * of all since a moment. Bearer token of the bridge.
 */
export async function handleTimeline(request: Request): Promise<Response> {
	try {
		await bridge.verifyReadToken(request.headers.get('authorization'))
		const query = parameters.parse(Object.fromEntries(new URL(request.url).searchParams))
		return respondJson(await readTimeline(context, query))
	} catch (error) {
		return respondError(error)
	}
}
