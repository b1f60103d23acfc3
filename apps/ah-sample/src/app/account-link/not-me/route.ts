import { handleUndo, handleUndoOpen } from '@/cross-app'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = handleUndoOpen
export const POST = handleUndo
