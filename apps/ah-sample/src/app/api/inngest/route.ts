import { serve } from 'inngest/next'
import { crossAppFunctions } from '@/cross-app'
import { env } from '@/server/env'
import { inngest } from '@/server/inngest'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const { GET, POST, PUT } = serve({
	client: inngest,
	functions: crossAppFunctions,
	signingKey: env.INNGEST_SIGNING_KEY,
	// Where Inngest reaches this app, when that differs from what the request says (containers, proxies).
	serveHost: env.INNGEST_SERVE_HOST,
})
