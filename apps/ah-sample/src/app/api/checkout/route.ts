import { z } from 'zod'
import { readCatalogue } from '@/access/read-catalogue'
import { startCheckout } from '@/commerce/start-checkout'
import { readForm } from '@/cross-app'
import { getViewer } from '@/server/auth'
import { log } from '@/server/log'
import { isSameOrigin } from '@/server/same-origin'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

const form = z.object({ productId: z.string().min(1).max(191) })

/** A plain form posts `productId` here and is sent on to Stripe, or back with a word about why not. */
export async function POST(request: Request): Promise<Response> {
	if (!isSameOrigin(request)) return new Response('This form belongs to another site.', { status: 403 })
	const fields = form.safeParse(Object.fromEntries((await readForm(request)) ?? []))
	if (!fields.success) return seeOther('/')
	const { productId } = fields.data
	const course = (await readCatalogue()).find((candidate) => candidate.productId === productId)
	if (course === undefined) return seeOther('/')
	const page = `/courses/${course.slug}`
	const viewer = await getViewer()
	if (viewer === null) return seeOther(`/sign-in?callbackUrl=${encodeURIComponent(page)}`)
	try {
		const start = await startCheckout({ productId, viewer })
		if (start.kind === 'to-stripe') return seeOther(start.url)
		return seeOther(`${page}?checkout=${start.kind === 'owned' ? 'owned' : 'failed'}`)
	} catch (error) {
		log.error('checkout.failed', { productId, error })
		return seeOther(`${page}?checkout=failed`)
	}
}

function seeOther(location: string): Response {
	return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
