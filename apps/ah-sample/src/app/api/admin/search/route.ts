import { handleSearch } from '@/admin/handle-search'
import { getViewer } from '@/server/auth'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function POST(request: Request): Promise<Response> {
	return handleSearch(request, await getViewer())
}
