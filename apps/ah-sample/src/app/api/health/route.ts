export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** The process answers. Whether it can work is `/api/ready`. */
export function GET(): Response {
	return Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } })
}
