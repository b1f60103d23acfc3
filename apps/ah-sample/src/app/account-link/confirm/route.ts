import { handleLinkConfirm } from '@/cross-app'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = handleLinkConfirm
