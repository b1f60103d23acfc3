import { readReadiness } from '@/server/readiness'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** 200 when work can be done and nothing is stuck, else 503 with what is wrong. */
export async function GET(): Promise<Response> {
	const readiness = await readReadiness()
	return Response.json(readiness, {
		status: readiness.ready ? 200 : 503,
		headers: { 'cache-control': 'no-store' },
	})
}
