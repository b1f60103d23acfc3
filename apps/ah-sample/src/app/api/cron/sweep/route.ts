import { handleCron } from '@/cross-app'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = handleCron
export const POST = handleCron
