import type { Scope } from '../scope.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'
import { findDelivery } from '../webhooks/delivery-store.ts'
import { renderCheckouts } from './checkouts-page.ts'
import { renderDelivery, renderEvent, renderEvents, renderWebhooks } from './events-pages.ts'
import { renderPayment } from './payment-page.ts'
import { renderPayments } from './payments-page.ts'

/** `GET /dashboard/:account…`: the page at this path of the dashboard, or undefined when there is none. */
export function showDashboard(scope: Scope, path: string, request: PageRequest): PageAnswer | undefined {
  if (path === '' || path === '/' || path === '/payments')
    return renderPayments(scope, withCursor(scope, request))
  if (path === '/checkouts') return renderCheckouts(scope, withCursor(scope, request))
  if (path === '/events') return renderEvents(scope, withCursor(scope, request))
  if (path === '/webhooks') return renderWebhooks(scope, request)
  const [, kind, id = ''] = /^\/(payments|events|deliveries)\/([^/]+)$/.exec(path) ?? []
  if (kind === 'payments') {
    const paymentIntent = scope.objects.find('payment_intent', id)
    return paymentIntent && renderPayment(scope, paymentIntent, request)
  }
  if (kind === 'events') {
    const event = scope.objects.find('event', id)
    return event && renderEvent(scope, event, request)
  }
  if (kind === 'deliveries' && /^\d+$/.test(id)) {
    const delivery = findDelivery(scope.database, scope.account.key, Number(id))
    return delivery && renderDelivery(scope, delivery, request)
  }
  return undefined
}

/** Drops a cursor that names nothing, so that an old address shows the first page. */
function withCursor(scope: Scope, request: PageRequest): PageRequest {
  const before = request.url.searchParams.get('before')
  if (before === null || scope.objects.findAny(before) !== undefined) return request
  const url = new URL(request.url)
  url.searchParams.delete('before')
  return { ...request, url }
}
