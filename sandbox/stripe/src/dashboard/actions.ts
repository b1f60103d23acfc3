import { findKeptAnswer, type KeyedRequest, keepAnswer } from '../api/idempotency.ts'
import { expireSession } from '../checkout/expire-session.ts'
import { parseMajorUnits } from '../checkout/money.ts'
import { invalidRequest, StripeError } from '../http/stripe-error.ts'
import { idOf } from '../objects/types.ts'
import { closeDispute, escalateInquiry, openDispute } from '../payments/disputes.ts'
import { failRefund, REFUND_REASONS, refundCharge } from '../payments/refund-charge.ts'
import { settleBankDebit } from '../payments/settle-bank-debit.ts'
import type { Scope } from '../scope.ts'
import { redirectTo } from '../ui/layout.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'
import { findDelivery, resend } from '../webhooks/delivery-store.ts'
import { renderCheckouts } from './checkouts-page.ts'
import { renderPayment } from './payment-page.ts'

/** `POST /dashboard/:account/…`: does what the button says, or undefined when there is no such button. */
export function actOnDashboard(scope: Scope, path: string, request: PageRequest): PageAnswer | undefined {
  const [, kind, id = '', action] = /^\/(\w+)\/([^/]+)\/(\w+)$/.exec(path) ?? []
  const form = new URLSearchParams(request.body)
  switch (`${kind}/${action}`) {
    case 'payments/refund':
      return onPayment(scope, id, request, 'refunded', () => refundFromForm(scope, id, form, request))
    case 'payments/dispute':
      return onPayment(scope, id, request, 'disputed', () => {
        const charge = idOf(scope.objects.get('payment_intent', id).latest_charge)
        openDispute(scope, charge ?? '', form.get('kind') === 'inquiry' ? 'inquiry' : 'chargeback')
      })
    case 'payments/settle':
      return onPayment(scope, id, request, 'settled', () =>
        settleBankDebit(scope, id, form.get('result') === 'fail' ? 'fail' : 'succeed'),
      )
    case 'refunds/fail':
      return onPayment(scope, paymentOf(scope, 'refund', id), request, 'refund-failed', () =>
        failRefund(scope, id),
      )
    case 'disputes/close':
      return onPayment(scope, paymentOf(scope, 'dispute', id), request, 'dispute-closed', () =>
        closeDispute(scope, id, form.get('result') === 'lost' ? 'lost' : 'won'),
      )
    case 'disputes/escalate':
      return onPayment(scope, paymentOf(scope, 'dispute', id), request, 'escalated', () =>
        escalateInquiry(scope, id),
      )
    case 'deliveries/resend': {
      const delivery = /^\d+$/.test(id)
        ? findDelivery(scope.database, scope.account.key, Number(id))
        : undefined
      if (delivery === undefined) return undefined
      resend(scope.database, delivery)
      return redirectTo(`/dashboard/${scope.account.key}/webhooks?notice=resent`)
    }
    case 'checkouts/expire': {
      const session = scope.objects.find('checkout.session', id)
      if (session === undefined) return undefined
      try {
        expireSession(scope, session)
      } catch (error) {
        if (!(error instanceof StripeError)) throw error
        return renderCheckouts(scope, request, error.message)
      }
      return redirectTo(`/dashboard/${scope.account.key}/checkouts?notice=expired`)
    }
    default:
      return undefined
  }
}

function paymentOf(scope: Scope, type: 'refund' | 'dispute', id: string): string | undefined {
  return idOf(scope.objects.find(type, id)?.payment_intent) ?? undefined
}

/** Does something to a payment and returns to its page, with the reason if it was refused. */
function onPayment(
  scope: Scope,
  paymentIntentId: string | undefined,
  request: PageRequest,
  notice: string,
  act: () => void,
): PageAnswer | undefined {
  const paymentIntent = scope.objects.find('payment_intent', paymentIntentId ?? '')
  if (paymentIntent === undefined) return undefined
  try {
    act()
  } catch (error) {
    // Verbs check before they write, so a refusal has changed nothing.
    if (!(error instanceof StripeError)) throw error
    return renderPayment(scope, paymentIntent, request, error.message)
  }
  return redirectTo(`/dashboard/${scope.account.key}/payments/${paymentIntent.id}?notice=${notice}`)
}

/** A refund form sent twice refunds once: each form carries an id of its own. */
function refundFromForm(
  scope: Scope,
  paymentIntentId: string,
  form: URLSearchParams,
  request: PageRequest,
): void {
  const formId = form.get('formId')
  const keyed: KeyedRequest | undefined =
    formId === null || formId === ''
      ? undefined
      : {
          account: scope.account.key,
          key: `dashboard/${formId}`,
          endpoint: request.url.pathname,
          parameters: request.body,
        }
  if (keyed !== undefined && findKeptAnswer(scope.database, keyed) !== undefined) return
  const paymentIntent = scope.objects.get('payment_intent', paymentIntentId)
  const typed = (form.get('amount') ?? '').trim()
  const amount = typed === '' ? undefined : parseMajorUnits(typed, paymentIntent.currency)
  if (typed !== '' && (amount === undefined || amount === 0)) {
    throw invalidRequest(`"${typed}" is not an amount. Write it like 49.00.`, { param: 'amount' })
  }
  const reason = REFUND_REASONS.find((word) => word === form.get('reason'))
  const refund = refundCharge(scope, idOf(paymentIntent.latest_charge) ?? '', { amount, reason })
  if (keyed !== undefined) keepAnswer(scope.database, keyed, { status: 200, body: '', requestId: refund.id })
}
