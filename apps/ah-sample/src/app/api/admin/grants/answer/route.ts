import { handleAnswerAgain } from '@/admin/handle-answer-again'
import { getViewer } from '@/server/auth'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function POST(request: Request): Promise<Response> {
	return handleAnswerAgain(request, await getViewer())
}
