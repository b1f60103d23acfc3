import type Stripe from 'stripe'
import { StripeError } from '../http/stripe-error.ts'
import { paySession } from '../payments/pay-session.ts'
import { findTestCard } from '../payments/test-numbers.ts'
import type { Scope } from '../scope.ts'
import { messagePage, redirectTo } from '../ui/layout.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'
import { fillFor, lockedEmailOf, offersBankDebit, renderCheckout } from './checkout-page.ts'
import { applyPromotionCode, refusalOfDiscount, removePromotionCode } from './promotion.ts'
import { checkPaymentForm, readTypedForm, type TypedForm } from './read-payment-form.ts'
import { cancelUrlOf, successUrlOf } from './sessions.ts'

/** `GET /c/pay/:session`: the payment page, or what became of the session. */
export function showCheckout(
  scope: Scope,
  session: Stripe.Checkout.Session,
  request: PageRequest,
): PageAnswer {
  if (session.status !== 'open') return closedPage(scope, session)
  const fill = fillFor(request.url.searchParams.get('use') ?? '')
  if (fill === undefined) return renderCheckout(scope, session)
  return renderCheckout(scope, session, { typed: readTypedForm(new URLSearchParams(fill)), filled: true })
}

/**
 * `POST /c/pay/:session`: one attempt to pay. Runs in one transaction, so a form sent twice pays once; the second
 * answer is the same redirect as the first.
 */
export function submitCheckout(
  scope: Scope,
  session: Stripe.Checkout.Session,
  request: PageRequest,
): PageAnswer {
  if (session.status === 'complete') return redirectTo(successUrlOf(session))
  if (session.status !== 'open') return closedPage(scope, session)
  const form = new URLSearchParams(request.body)
  const typed = readTypedForm(form)
  const shownTotal = form.get('shownTotal')
  if (shownTotal !== null && shownTotal !== String(session.amount_total)) {
    return renderCheckout(scope, session, {
      typed: withoutUnknownCard(typed),
      alert: 'The total has changed since this page was loaded. Check it and pay again.',
      status: 409,
    })
  }
  if (refusalOfDiscount(scope, session) !== undefined) {
    const withoutCode = removePromotionCode(scope, session)
    return renderCheckout(scope, withoutCode, {
      typed: withoutUnknownCard(typed),
      alert: 'The discount is no longer valid and was taken off. Check the total and pay again.',
      status: 409,
    })
  }
  const { buyer, method, errors } = checkPaymentForm(typed, {
    lockedEmail: lockedEmailOf(scope, session),
    needsPayment: (session.amount_total ?? 0) > 0,
    bankDebitOffered: offersBankDebit(session),
    now: new Date(),
  })
  if (Object.keys(errors).length > 0) {
    return renderCheckout(scope, session, { typed: withoutUnknownCard(typed), errors, status: 400 })
  }
  const result = paySession(scope, session, buyer, method)
  if (result.kind === 'complete') return redirectTo(successUrlOf(result.session))
  return renderCheckout(scope, session, { typed, alert: result.message, status: 402 })
}

/** `POST /c/pay/:session/promotion-code`, and `…/remove`. */
export function changePromotionCode(
  scope: Scope,
  session: Stripe.Checkout.Session,
  request: PageRequest,
  change: 'apply' | 'remove',
): PageAnswer {
  if (session.status !== 'open') return closedPage(scope, session)
  const back = redirectTo(`/c/pay/${session.id}`)
  if (session.allow_promotion_codes !== true) return back
  if (change === 'remove') {
    removePromotionCode(scope, session)
    return back
  }
  const code = (new URLSearchParams(request.body).get('promotionCode') ?? '').trim()
  try {
    applyPromotionCode(scope, session, code)
    return back
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    return renderCheckout(scope, session, { promotion: { typed: code, error: error.message }, status: 400 })
  }
}

/** A number that is none of the test cards may be a real one: it is not sent back to the page. */
function withoutUnknownCard(typed: TypedForm): TypedForm {
  if (findTestCard(typed.values.cardNumber.replace(/[\s-]/g, '')) !== undefined) return typed
  return { ...typed, values: { ...typed.values, cardNumber: '' } }
}

function closedPage(scope: Scope, session: Stripe.Checkout.Session): PageAnswer {
  const { name } = scope.account
  if (session.status === 'complete') {
    return messagePage({
      title: 'You’re all done here',
      text: 'This payment is complete.',
      status: 200,
      link: { href: successUrlOf(session), text: `Continue to ${name}` },
    })
  }
  const cancelUrl = cancelUrlOf(session)
  return messagePage({
    title: 'This checkout has expired',
    text: `Go back to ${name} and start again.`,
    status: 410,
    link: cancelUrl === null ? null : { href: cancelUrl, text: `Back to ${name}` },
  })
}
