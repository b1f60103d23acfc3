import { CrossAppError } from '@cross-app/shared'
import { z } from 'zod/v4'

const noStore = { 'cache-control': 'no-store' }

export function respondJson(body: unknown, status = 200): Response {
	return Response.json(body, { status, headers: noStore })
}

/** A typed error as a response; anything else is a defect and goes on to the framework. @throws the given error */
export function respondError(error: unknown): Response {
	if (error instanceof z.ZodError) {
		const names = error.issues.flatMap((issue) => (issue.path[0] === undefined ? [] : String(issue.path[0])))
		// Where one of several sets of parameters is wanted, none of them is the wrong one.
		const fields = names.length === 0 ? 'the query' : [...new Set(names)].join(', ')
		return respondJson({ error: { code: 'bad-request', message: `Check these parameters: ${fields}.` } }, 400)
	}
	if (error instanceof CrossAppError) {
		const status = error.code === 'read-unauthorised' ? 401 : 400
		return respondJson({ error: { code: error.code, message: error.message } }, status)
	}
	throw error
}
