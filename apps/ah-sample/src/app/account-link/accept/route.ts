import { safeReturnPath } from '@/components/safe-return-path'
import { handleLinkAccept } from '@/cross-app'
import { readSession } from '@/server/read-session'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function POST(request: Request): Promise<Response> {
	return handleLinkAccept(request, { session: await readSession(), safeReturnPath })
}
