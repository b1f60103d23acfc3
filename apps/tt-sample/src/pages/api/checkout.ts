import type {NextApiRequest, NextApiResponse} from 'next'
import {CheckoutError} from '../../commerce/errors'
import {startCheckout} from '../../commerce/start-checkout'
import {getViewer} from '../../server/auth'
import {env} from '../../server/env'
import {hostContext} from '../../server/host-context'
import {isSameOrigin} from '../../server/http/same-origin'

/** POST productId → 303 to Stripe's page, or back to the product with the reason why not. */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST')
    response.status(405).json({error: 'Use POST.'})
    return
  }
  const siteUrl = env().NEXTAUTH_URL
  if (!isSameOrigin(request, siteUrl)) {
    response.status(403).json({error: 'Start the checkout from this site.'})
    return
  }
  const productId: unknown = request.body?.productId
  if (typeof productId !== 'string' || productId === '' || productId.length > 191) {
    response.status(400).json({error: 'Name a productId.'})
    return
  }
  const viewer = await getViewer(request, response)
  try {
    response.redirect(303, await startCheckout(hostContext, {productId, viewer, siteUrl}))
  } catch (error) {
    if (!(error instanceof CheckoutError)) throw error
    if (error.code === 'try-again')
      hostContext.log.error('checkout.not-started', {productId, error: error.cause})
    const page = await hostContext.db.contentPage.findUnique({where: {productId}})
    response.redirect(303, page === null ? '/' : `/products/${page.slug}?error=${error.code}`)
  }
}
