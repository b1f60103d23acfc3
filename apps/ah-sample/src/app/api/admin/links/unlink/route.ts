import { handleUnlink } from '@/admin/handle-unlink'
import { getViewer } from '@/server/auth'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function POST(request: Request): Promise<Response> {
	return handleUnlink(request, await getViewer())
}
