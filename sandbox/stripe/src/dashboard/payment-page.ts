import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { formatMoney, toMajorUnits } from '../checkout/money.ts'
import { lineItemsOf } from '../checkout/sessions.ts'
import { idOf } from '../objects/types.ts'
import { isInquiry, isOpenDispute } from '../payments/disputes.ts'
import { REFUND_REASONS } from '../payments/refund-charge.ts'
import type { Scope } from '../scope.ts'
import { html, type Markup } from '../ui/html.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'
import { renderBadge, renderDashboard, renderTable, renderTime } from './frame.ts'
import { paymentStatus, sessionOf } from './payments-page.ts'

/** One payment: what was bought, what happened to the money, and what can be done about it. */
export function renderPayment(
  scope: Scope,
  paymentIntent: Stripe.PaymentIntent,
  request: PageRequest,
  error?: string,
): PageAnswer {
  const charge = scope.objects.find('charge', idOf(paymentIntent.latest_charge) ?? '')
  const session = sessionOf(scope, paymentIntent.id)
  const base = `/dashboard/${scope.account.key}`
  const forPayment = [{ path: '$.payment_intent', equals: paymentIntent.id }]
  const disputes = scope.objects.all('dispute', forPayment)
  return renderDashboard(scope, {
    title: 'Payment',
    tab: 'payments',
    request,
    error,
    body: html`<h1><span class="number">${formatMoney(paymentIntent.amount, paymentIntent.currency)}</span> ${renderBadge(paymentStatus(scope, paymentIntent, charge))}</h1>
<div class="cards">
<div class="stack">
${renderFacts(paymentIntent, charge, session)}
${session !== undefined && renderLines(scope, session)}
${renderRefunds(base, scope.objects.all('refund', forPayment))}
${renderDisputes(base, disputes)}
${renderAttempts(scope.objects.all('charge', forPayment))}
</div>
<div class="stack">
${paymentIntent.status === 'processing' && renderSettle(base, paymentIntent)}
${charge?.paid && renderRefundForm(base, paymentIntent, charge, request)}
${charge?.paid && !disputes.some(isOpenDispute) && renderDisputeForm(base, paymentIntent)}
</div>
</div>`,
  })
}

function renderFacts(
  paymentIntent: Stripe.PaymentIntent,
  charge: Stripe.Charge | undefined,
  session: Stripe.Checkout.Session | undefined,
): Markup {
  const method = charge?.payment_method_details
  const methodText = method?.card
    ? `${method.card.brand} ···· ${method.card.last4}, ${method.card.exp_month}/${method.card.exp_year}`
    : `Bank account ···· ${method?.us_bank_account?.last4 ?? ''}`
  const facts: [string, Markup | string | null | undefined][] = [
    ['Email', charge?.billing_details.email],
    ['Name', charge?.billing_details.name],
    ['Customer', idOf(paymentIntent.customer)],
    ['Created (UTC)', renderTime(paymentIntent.created)],
    ['Paid with', charge === undefined ? null : methodText],
    ['Payment', paymentIntent.id],
    ['Charge', charge?.id],
    ['Checkout', session?.id],
    ['Reference', session?.client_reference_id],
    ...Object.entries(paymentIntent.metadata).map(([key, value]): [string, string] => [key, value]),
  ]
  return html`<section class="panel"><h2>Details</h2><dl class="facts">${facts
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl></section>`
}

function renderLines(scope: Scope, session: Stripe.Checkout.Session): Markup {
  return html`<section><h2>Bought</h2>${renderTable({
    caption: 'Bought',
    head: ['Product', 'Quantity', 'Amount'],
    rows: lineItemsOf(scope, session).map(
      (line) => html`<tr><td class="wide">${line.description}</td><td class="number">${line.quantity}</td>
<td class="number">${formatMoney(line.amount_total, line.currency)}</td></tr>`,
    ),
    empty: 'Nothing.',
  })}</section>`
}

function renderRefunds(base: string, refunds: Stripe.Refund[]): Markup | false {
  if (refunds.length === 0) return false
  return html`<section><h2>Refunds</h2>${renderTable({
    caption: 'Refunds',
    head: ['Amount', 'Status', 'Reason', 'Created (UTC)', ''],
    rows: refunds.map(
      (refund) => html`<tr><td class="number">${formatMoney(refund.amount, refund.currency)}</td>
<td>${renderBadge(refund.status ?? '')}</td><td>${refund.reason?.replaceAll('_', ' ') ?? '–'}</td><td>${renderTime(refund.created)}</td>
<td class="actions">${
        refund.status !== 'failed' &&
        html`<form method="post" action="${base}/refunds/${refund.id}/fail"><button class="danger">Mark as failed</button></form>`
      }</td></tr>`,
    ),
    empty: '',
  })}</section>`
}

function renderDisputes(base: string, disputes: Stripe.Dispute[]): Markup | false {
  if (disputes.length === 0) return false
  return html`<section><h2>Disputes</h2><div class="stack">${disputes.map(
    (
      dispute,
    ) => html`<div class="panel stack"><p>${renderBadge(dispute.status)} <span class="number">${formatMoney(dispute.amount, dispute.currency)}</span>, ${dispute.reason}, ${renderTime(dispute.created)}</p>
<p class="mono">${dispute.id}</p>
${isOpenDispute(dispute) && renderDisputeButtons(base, dispute)}</div>`,
  )}</div></section>`
}

function renderDisputeButtons(base: string, dispute: Stripe.Dispute): Markup {
  const action = `${base}/disputes/${dispute.id}`
  const button = (result: string, text: string) =>
    html`<form method="post" action="${action}/close"><button name="result" value="${result}">${text}</button></form>`
  if (isInquiry(dispute)) {
    return html`<div class="buttons">${button('won', 'Close inquiry')}
<form method="post" action="${action}/escalate"><button class="danger">Make it a chargeback</button></form></div>`
  }
  return html`<div class="buttons">${button('won', 'Win dispute')}${button('lost', 'Lose dispute')}</div>`
}

function renderAttempts(charges: Stripe.Charge[]): Markup {
  return html`<section><h2>Attempts</h2>${renderTable({
    caption: 'Attempts to pay',
    head: ['Status', 'Card or account', 'Message', 'Time (UTC)'],
    rows: charges.map((charge) => {
      const method = charge.payment_method_details
      return html`<tr><td>${renderBadge(charge.status)}</td>
<td class="number">···· ${method?.card?.last4 ?? method?.us_bank_account?.last4}</td>
<td class="wide">${messageOf(charge)}</td><td>${renderTime(charge.created)}</td></tr>`
    }),
    empty: 'None yet.',
  })}</section>`
}

function messageOf(charge: Stripe.Charge): string {
  // The outcome is that of the authorisation: a bank debit that is under way would read as complete.
  if (charge.status === 'pending') return 'The bank has not answered yet.'
  return charge.failure_message ?? charge.outcome?.seller_message ?? ''
}

function renderSettle(base: string, paymentIntent: Stripe.PaymentIntent): Markup {
  const button = (result: string, text: string) =>
    html`<form method="post" action="${base}/payments/${paymentIntent.id}/settle"><button name="result" value="${result}">${text}</button></form>`
  return html`<section class="panel stack"><h2>Bank debit</h2>
<p class="muted">It settles by itself in a moment. To decide it now:</p>
<div class="buttons">${button('succeed', 'Let it succeed')}${button('fail', 'Let it fail')}</div></section>`
}

function renderRefundForm(
  base: string,
  paymentIntent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  request: PageRequest,
): Markup {
  const left = charge.amount - charge.amount_refunded
  if (left <= 0) {
    return html`<section class="panel"><h2>Refund this payment</h2><p class="muted">All of this payment has been refunded.</p></section>`
  }
  const typed = new URLSearchParams(request.body).get('amount') ?? toMajorUnits(left, charge.currency)
  return html`<section class="panel"><h2>Refund this payment</h2>
<form class="form-row" method="post" action="${base}/payments/${paymentIntent.id}/refund">
<input type="hidden" name="formId" value="${randomUUID()}">
<div><label for="amount">Amount (${charge.currency.toUpperCase()})</label>
<input id="amount" name="amount" inputmode="decimal" value="${typed}" autocomplete="off" aria-describedby="amount-left">
<p class="hint" id="amount-left">At most ${formatMoney(left, charge.currency)}. Less makes it a partial refund.</p></div>
<div><label for="reason">Reason</label><select id="reason" name="reason"><option value="">None</option>${REFUND_REASONS.map(
    (reason) => html`<option value="${reason}">${reason.replaceAll('_', ' ')}</option>`,
  )}</select></div>
<button class="primary">Refund</button>
</form></section>`
}

function renderDisputeForm(base: string, paymentIntent: Stripe.PaymentIntent): Markup {
  const button = (kind: string, text: string) =>
    html`<form method="post" action="${base}/payments/${paymentIntent.id}/dispute"><button name="kind" value="${kind}">${text}</button></form>`
  return html`<section class="panel stack"><h2>Play the buyer’s bank</h2>
<p class="muted">A chargeback takes the money back at once. An inquiry only asks.</p>
<div class="buttons">${button('chargeback', 'Open dispute')}${button('inquiry', 'Open inquiry')}</div></section>`
}
