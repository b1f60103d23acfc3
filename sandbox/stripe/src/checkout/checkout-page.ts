import type Stripe from 'stripe'
import { idOf, type LineItem } from '../objects/types.ts'
import {
  TEST_BANK_ACCOUNTS,
  TEST_CARDS,
  TEST_ROUTING_NUMBER,
  type TestCard,
} from '../payments/test-numbers.ts'
import type { Scope } from '../scope.ts'
import { html, type Markup } from '../ui/html.ts'
import { renderPage } from '../ui/layout.ts'
import type { PageAnswer } from '../ui/page.ts'
import { formatMoney } from './money.ts'
import type { FieldErrors, FieldName, TypedForm } from './read-payment-form.ts'
import { cancelUrlOf, couponOf, lineItemsOf, successUrlOf } from './sessions.ts'

/** What the page shows besides the session itself. */
export interface CheckoutView {
  typed?: TypedForm
  /** The form was filled from the table of test numbers: then the security code is shown too. */
  filled?: boolean
  errors?: FieldErrors
  /** A message above the form, such as a decline. */
  alert?: string
  promotion?: { typed: string; error: string }
  status?: number
}

/** The address a session already has; the buyer can't change it. */
export function lockedEmailOf(scope: Scope, session: Stripe.Checkout.Session): string | null {
  const customerId = idOf(session.customer)
  if (customerId !== null) return scope.objects.find('customer', customerId)?.email ?? null
  return session.customer_email
}

export function offersBankDebit(session: Stripe.Checkout.Session): boolean {
  return session.payment_method_types.includes('us_bank_account')
}

export function offersCard(session: Stripe.Checkout.Session): boolean {
  return session.payment_method_types.includes('card')
}

/** The hosted payment page of an open session. */
export function renderCheckout(
  scope: Scope,
  session: Stripe.Checkout.Session,
  view: CheckoutView = {},
): PageAnswer {
  const needsPayment = (session.amount_total ?? 0) > 0
  return renderPage({
    title: `Pay ${scope.account.name}`,
    kind: 'checkout',
    status: view.status ?? 200,
    script: true,
    redirectsTo: [new URL(successUrlOf(session)).origin],
    body: html`<main class="checkout-grid">
${renderSummary(scope, session, view)}
<section class="panel" aria-labelledby="payment-title">
<h2 id="payment-title">${needsPayment ? 'Payment details' : 'Your details'}</h2>
${renderForm(scope, session, view, needsPayment)}
</section>
${needsPayment && renderTestNumbers(session)}
</main>`,
  })
}

function money(session: Stripe.Checkout.Session, amount: number | null): string {
  return formatMoney(amount ?? 0, session.currency ?? 'usd')
}

function renderSummary(scope: Scope, session: Stripe.Checkout.Session, view: CheckoutView): Markup {
  const cancelUrl = cancelUrlOf(session)
  const discount = session.total_details?.amount_discount ?? 0
  return html`<section class="summary" aria-labelledby="summary-title">
${cancelUrl !== null && html`<a class="back" href="${cancelUrl}">← Back to ${scope.account.name}</a>`}
<h1 id="summary-title">Pay ${scope.account.name}</h1>
<p class="amount number">${money(session, session.amount_total)}</p>
<ul class="lines">${lineItemsOf(scope, session).map((line) => renderLine(scope, session, line))}</ul>
${renderPromotion(scope, session, view)}
<dl class="totals">
<div><dt>Subtotal</dt><dd class="number">${money(session, session.amount_subtotal)}</dd></div>
${discount > 0 && html`<div><dt>${couponLabel(scope, session)}</dt><dd class="number">−${money(session, discount)}</dd></div>`}
<div class="due"><dt>Total due</dt><dd class="number">${money(session, session.amount_total)}</dd></div>
</dl>
</section>`
}

function renderLine(scope: Scope, session: Stripe.Checkout.Session, line: LineItem): Markup {
  const product = scope.objects.find('product', idOf(line.price.product) ?? '')
  const name = line.description ?? ''
  return html`<li>
<span class="tile" aria-hidden="true">${name.slice(0, 1).toUpperCase()}</span>
<div><p class="line-name">${name}</p>
${product?.description && html`<p class="muted">${product.description}</p>`}
${(line.quantity ?? 1) > 1 && html`<p class="muted">Quantity ${line.quantity}, ${money(session, line.price.unit_amount)} each</p>`}</div>
<span class="number">${money(session, line.amount_subtotal)}</span>
</li>`
}

function couponLabel(scope: Scope, session: Stripe.Checkout.Session): string {
  const coupon = couponOf(scope, session)
  const size =
    coupon?.percent_off != null
      ? `${coupon.percent_off}% off`
      : `${money(session, coupon?.amount_off ?? 0)} off`
  return coupon?.name ? `${coupon.name} (${size})` : size
}

function renderPromotion(
  scope: Scope,
  session: Stripe.Checkout.Session,
  { promotion }: CheckoutView,
): Markup | false {
  if (session.allow_promotion_codes !== true) return false
  const action = `/c/pay/${session.id}/promotion-code`
  const applied = scope.objects.find('promotion_code', idOf(session.discounts?.[0]?.promotion_code) ?? '')
  if (applied !== undefined) {
    return html`<form class="promotion" method="post" action="${action}/remove">
<span class="chip">${applied.code}<button>Remove<span class="hidden"> promotion code</span></button></span></form>`
  }
  return html`<form class="promotion" method="post" action="${action}">
<label for="promotion-code">Promotion code</label>
<div class="row"><input id="promotion-code" name="promotionCode" value="${promotion?.typed}" autocomplete="off" autocapitalize="characters"
${promotion !== undefined && html`aria-invalid="true" aria-describedby="promotion-error"`}>
<button>Apply</button></div>
${promotion !== undefined && html`<p class="field-error" id="promotion-error" role="alert">${promotion.error}</p>`}
</form>`
}

function renderForm(
  scope: Scope,
  session: Stripe.Checkout.Session,
  view: CheckoutView,
  needsPayment: boolean,
): Markup {
  const lockedEmail = lockedEmailOf(scope, session)
  const both = offersCard(session) && offersBankDebit(session)
  const byBank =
    offersBankDebit(session) && (!offersCard(session) || view.typed?.paymentMethod === 'bank_debit')
  const input = (name: FieldName, label: string, attributes: Markup) =>
    renderField(view, name, label, attributes)
  return html`<form class="pay-form" method="post" action="/c/pay/${session.id}" novalidate>
${view.alert !== undefined && html`<p class="alert" role="alert">${view.alert}</p>`}
<input type="hidden" name="shownTotal" value="${session.amount_total}">
${
  lockedEmail === null
    ? input('email', 'Email', html`type="email" autocomplete="email" required`)
    : html`<div><label for="email">Email</label><input id="email" name="email" type="email" value="${lockedEmail}" readonly></div>`
}
${
  needsPayment &&
  html`<fieldset><legend>Payment method</legend>
${
  both
    ? html`<div class="methods">
<label><input type="radio" id="method-card" name="paymentMethod" value="card" ${!byBank && html`checked`}>Card</label>
<label><input type="radio" id="method-bank" name="paymentMethod" value="bank_debit" ${byBank && html`checked`}>Bank debit</label>
</div>`
    : html`<input type="hidden" name="paymentMethod" value="${byBank ? 'bank_debit' : 'card'}">`
}
${
  offersCard(session) &&
  html`<div class="method-fields card-fields">
${input('cardNumber', 'Card number', html`inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" maxlength="24"`)}
<div class="two">
${input('cardExpiry', 'Expiry', html`inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" maxlength="9"`)}
${input('cardCvc', 'CVC', html`inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4"`)}
</div>
${input('cardholderName', 'Name on card', html`autocomplete="cc-name" placeholder="Optional"`)}
</div>`
}
${
  offersBankDebit(session) &&
  html`<div class="method-fields bank-fields">
<p class="muted">A bank takes a while: the order is complete when the money has arrived.</p>
${input('accountHolderName', 'Account holder', html`autocomplete="name"`)}
${input('routingNumber', 'Routing number', html`inputmode="numeric" autocomplete="off" maxlength="12"`)}
${input('accountNumber', 'Account number', html`inputmode="numeric" autocomplete="off" maxlength="20"`)}
</div>`
}
</fieldset>`
}
<button class="primary" type="submit">Pay ${money(session, session.amount_total)}</button>
</form>`
}

function renderField(view: CheckoutView, name: FieldName, label: string, attributes: Markup): Markup {
  const error = view.errors?.[name]
  // A typed security code is never sent back to the page.
  const value = name === 'cardCvc' && view.filled !== true ? '' : (view.typed?.values[name] ?? '')
  return html`<div><label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${value}" ${attributes} ${error !== undefined && html`aria-invalid="true" aria-describedby="${name}-error"`}>
${error !== undefined && html`<p class="field-error" id="${name}-error">${error}</p>`}</div>`
}

function renderTestNumbers(session: Stripe.Checkout.Session): Markup {
  const [main, more] = [TEST_CARDS.slice(0, 3), TEST_CARDS.slice(3)]
  return html`<aside class="aside" aria-labelledby="test-title">
<form id="fill" method="get" action="/c/pay/${session.id}"></form>
<h2 id="test-title">Numbers for testing</h2>
<p class="muted">Any date in the future and any security code will do.</p>
${
  offersCard(session) &&
  html`${renderCardTable(main)}
<details><summary>More numbers</summary>${renderCardTable(more)}</details>`
}
${
  offersBankDebit(session) &&
  html`<table>
<thead><tr><th scope="col">Bank account</th><th scope="col">What happens</th><th scope="col"><span class="hidden">Fill in</span></th></tr></thead>
<tbody>${TEST_BANK_ACCOUNTS.map(
    ({ accountNumber, label }) =>
      html`<tr><td class="mono">${accountNumber}</td><td>${label}</td><td>${renderUseButton(accountNumber, accountNumber, bankFill(accountNumber))}</td></tr>`,
  )}</tbody></table>`
}
</aside>`
}

function renderCardTable(cards: TestCard[]): Markup {
  return html`<table>
<thead><tr><th scope="col">Test card</th><th scope="col">What happens</th><th scope="col"><span class="hidden">Fill in</span></th></tr></thead>
<tbody>${cards.map(({ number, label }) => {
    const spaced = spaceOut(number)
    return html`<tr><td class="mono number">${spaced}</td><td>${label}</td><td>${renderUseButton(number, spaced, cardFill(number))}</td></tr>`
  })}</tbody></table>`
}

/** With scripts it fills the form in place; without, it posts the form and the server fills it. */
function renderUseButton(value: string, shown: string, fill: Record<string, string>): Markup {
  return html`<button type="submit" form="fill" name="use" value="${value}" data-fill="${JSON.stringify(fill)}">Use<span class="hidden"> ${shown}</span></button>`
}

function spaceOut(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ')
}

function cardFill(number: string): Record<string, string> {
  return {
    paymentMethod: 'card',
    cardNumber: spaceOut(number),
    cardExpiry: '12 / 34',
    cardCvc: '123',
    cardholderName: 'Test Buyer',
  }
}

function bankFill(accountNumber: string): Record<string, string> {
  return {
    paymentMethod: 'bank_debit',
    accountHolderName: 'Test Buyer',
    routingNumber: TEST_ROUTING_NUMBER,
    accountNumber,
  }
}

/** What a "Use" button fills in, or undefined for a number that is not in the table. */
export function fillFor(value: string): Record<string, string> | undefined {
  if (TEST_CARDS.some((card) => card.number === value)) return cardFill(value)
  if (TEST_BANK_ACCOUNTS.some((account) => account.accountNumber === value)) return bankFill(value)
  return undefined
}
