import type Stripe from 'stripe'
import { formatMoney } from '../checkout/money.ts'
import { internalsOf } from '../checkout/sessions.ts'
import { idOf } from '../objects/types.ts'
import { isInquiry, isOpenDispute } from '../payments/disputes.ts'
import type { Scope } from '../scope.ts'
import { html, type Markup } from '../ui/html.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'
import { renderBadge, renderDashboard, renderOlder, renderTable, renderTime } from './frame.ts'

const PAGE_SIZE = 50

/** The payments of an account, newest first. */
export function renderPayments(scope: Scope, request: PageRequest): PageAnswer {
  const before = request.url.searchParams.get('before')
  const { data, hasMore } = scope.objects.page('payment_intent', {
    limit: PAGE_SIZE,
    ...(before === null ? {} : { startingAfter: before }),
  })
  const last = data.at(-1)
  return renderDashboard(scope, {
    title: 'Payments',
    tab: 'payments',
    request,
    body: html`<h1>Payments</h1>
${renderTable({
  caption: 'Payments, newest first',
  head: ['Amount', 'Status', 'Product', 'Email', 'Refunded', 'Created (UTC)'],
  rows: data.map((paymentIntent) => renderRow(scope, paymentIntent)),
  empty: 'No payments yet. Buy something in the app, and it appears here.',
})}
${renderOlder(hasMore && last !== undefined ? `/dashboard/${scope.account.key}?before=${last.id}` : null)}`,
  })
}

function renderRow(scope: Scope, paymentIntent: Stripe.PaymentIntent): Markup {
  const charge = scope.objects.find('charge', idOf(paymentIntent.latest_charge) ?? '')
  const session = sessionOf(scope, paymentIntent.id)
  const refunded = charge?.amount_refunded ?? 0
  return html`<tr>
<td><a class="number" href="/dashboard/${scope.account.key}/payments/${paymentIntent.id}">${formatMoney(paymentIntent.amount, paymentIntent.currency)}<span class="hidden">, payment by ${charge?.billing_details.email}</span></a></td>
<td>${renderBadge(paymentStatus(scope, paymentIntent, charge))}</td>
<td class="wide">${productNames(scope, session)}</td>
<td>${charge?.billing_details.email}</td>
<td class="number">${refunded > 0 ? formatMoney(refunded, paymentIntent.currency) : '–'}</td>
<td>${renderTime(paymentIntent.created)}</td>
</tr>`
}

export function sessionOf(scope: Scope, paymentIntentId: string): Stripe.Checkout.Session | undefined {
  return scope.objects.all('checkout.session', [{ path: '$.payment_intent', equals: paymentIntentId }])[0]
}

export function productNames(scope: Scope, session: Stripe.Checkout.Session | undefined): string {
  if (session === undefined) return ''
  return internalsOf(scope, session.id)
    .lineItems.map(({ description, quantity }) =>
      quantity > 1 ? `${quantity} × ${description}` : description,
    )
    .join(', ')
}

/** One word for a payment, as a dashboard says it. An open or lost dispute outranks a refund. */
export function paymentStatus(
  scope: Scope,
  paymentIntent: Stripe.PaymentIntent,
  charge: Stripe.Charge | undefined,
): string {
  if (charge?.disputed === true) {
    const [dispute] = scope.objects.all('dispute', [{ path: '$.charge', equals: charge.id }])
    if (dispute !== undefined && isOpenDispute(dispute)) return isInquiry(dispute) ? 'inquiry' : 'disputed'
    if (dispute?.status === 'lost') return 'dispute lost'
  }
  if (charge?.refunded === true) return 'refunded'
  if (charge !== undefined && charge.amount_refunded > 0) return 'partially refunded'
  if (paymentIntent.status === 'requires_payment_method') return 'failed'
  return paymentIntent.status
}
