import { z } from 'zod/v4'
import { listChanges } from '../grants/list-changes'
import { bridge, context } from '../host'
import { respondError, respondJson } from './respond'

const parameters = z.object({
	kind: z.enum(['grants', 'links']),
	since: z.iso
		.datetime()
		.default('1970-01-01T00:00:00.000Z')
		.transform((value) => new Date(value)),
	after: z.string().min(1).max(191).optional(),
	limit: z.coerce.number().int().min(1).max(500).default(200),
})

/** `GET /api/cross-app/changes`: what changed here, for the seller's pull. Bearer token of the bridge. */
export async function handleChanges(request: Request): Promise<Response> {
	try {
		await bridge.verifyReadToken(request.headers.get('authorization'))
		const query = parameters.parse(Object.fromEntries(new URL(request.url).searchParams))
		const { after, ...rest } = query
		return respondJson(await listChanges(context, after === undefined ? rest : { ...rest, after }))
	} catch (error) {
		return respondError(error)
	}
}
