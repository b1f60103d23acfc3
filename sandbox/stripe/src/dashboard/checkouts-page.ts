import type Stripe from 'stripe'
import { formatMoney } from '../checkout/money.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { html, type Markup } from '../ui/html.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'
import { renderBadge, renderDashboard, renderOlder, renderTable, renderTime } from './frame.ts'
import { productNames } from './payments-page.ts'

const PAGE_SIZE = 50

/** The Checkout sessions of an account: also those that cost nothing and so never become a payment. */
export function renderCheckouts(scope: Scope, request: PageRequest, error?: string): PageAnswer {
  const before = request.url.searchParams.get('before')
  const { data, hasMore } = scope.objects.page('checkout.session', {
    limit: PAGE_SIZE,
    ...(before === null ? {} : { startingAfter: before }),
  })
  const base = `/dashboard/${scope.account.key}`
  const last = data.at(-1)
  return renderDashboard(scope, {
    title: 'Checkouts',
    tab: 'checkouts',
    request,
    error,
    body: html`<h1>Checkouts</h1>
${renderTable({
  caption: 'Checkouts, newest first',
  head: ['Total', 'Status', 'Payment', 'Product', 'Email', 'Created (UTC)', ''],
  rows: data.map((session) => renderRow(scope, base, session)),
  empty: 'No checkouts yet.',
})}
${renderOlder(hasMore && last !== undefined ? `${base}/checkouts?before=${last.id}` : null)}`,
  })
}

function renderRow(scope: Scope, base: string, session: Stripe.Checkout.Session): Markup {
  const paymentIntent = idOf(session.payment_intent)
  const total = formatMoney(session.amount_total ?? 0, session.currency ?? 'usd')
  return html`<tr><td class="number">${total}</td><td>${renderBadge(session.status ?? '')}</td>
<td>${
    paymentIntent === null
      ? session.payment_status.replaceAll('_', ' ')
      : html`<a href="${base}/payments/${paymentIntent}">${session.payment_status}</a>`
  }</td>
<td class="wide">${productNames(scope, session)}</td>
<td>${session.customer_details?.email ?? '–'}</td><td>${renderTime(session.created)}</td>
<td class="actions">${
    session.status === 'open' &&
    html`<div class="buttons"><a class="button" href="/c/pay/${session.id}">Open</a>
<form method="post" action="${base}/checkouts/${session.id}/expire"><button>Expire</button></form></div>`
  }</td></tr>`
}
