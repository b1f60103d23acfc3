import {APP_NAMES, CrossAppError} from '@cross-app/shared'
import type {QueuedEmail} from '../cross-app'
import {database} from '../server/db'
import {sendEmail} from '../server/email'
import {env} from '../server/env'

/**
 * The outbox holds a mail this version can't send: a deploy was rolled back, or its purchase is gone. Final, because
 * waiting changes neither: people are told, and the row doesn't count as undelivered for ever.
 */
export class UnknownEmailError extends CrossAppError {
  constructor(message: string) {
    super('unknown-email', message, {retryable: false})
  }
}

/**
 * Renders a mail from the outbox and hands it to the provider. What it says is read now, not when it was queued.
 *
 * @throws EmailNotAcceptedError, UnknownEmailError
 */
export async function sendQueuedEmail(email: QueuedEmail): Promise<void> {
  const {to, purchaseId} = email.data
  if (email.template !== 'receipt' || typeof to !== 'string' || typeof purchaseId !== 'string') {
    throw new UnknownEmailError(`There is no mail "${email.template}" with this data.`)
  }
  const db = database()
  const purchase = await db.purchase.findUnique({where: {id: purchaseId}})
  const origin = await db.purchaseOrigin.findUnique({where: {purchaseId}})
  const page = purchase && (await db.contentPage.findUnique({where: {productId: purchase.productId}}))
  if (purchase === null || origin === null) {
    throw new UnknownEmailError(`Purchase ${purchaseId} of a queued receipt is not there.`)
  }
  const items = await db.bundleItem.findMany({
    where: {productId: purchase.productId},
    orderBy: {position: 'asc'},
  })
  // Loaded when a mail is sent: neither the webhook nor the command line needs a renderer.
  const {renderReceipt} = await import('./emails/receipt')
  const mail = await renderReceipt({
    productTitle: page?.title ?? purchase.productId,
    amount: origin.amountPaid,
    currency: origin.currency,
    purchaseId,
    courses: items.map((item) => ({
      title: item.title,
      where:
        item.targetApp in APP_NAMES ? APP_NAMES[item.targetApp as keyof typeof APP_NAMES] : item.targetApp,
    })),
    accountUrl: `${env().NEXTAUTH_URL}/account`,
  })
  await sendEmail({to, ...mail, idempotencyKey: email.id})
}
