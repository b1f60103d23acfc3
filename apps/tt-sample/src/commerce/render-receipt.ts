import {APP_NAMES} from '@cross-app/shared'
import {renderMail} from '../cross-app'
import {confirmEmailUrl} from '../server/auth/confirm-email-link'
import type {HostContext} from '../server/host-context'
import {receiptMail} from './emails/receipt'

/**
 * A purchase's receipt, from what is stored now: someone who has confirmed the address while the mail was held up is not
 * asked to do it again.
 *
 * @param to where the mail goes: only this address can be confirmed by it
 * @param siteUrl without a trailing slash
 * @returns null when the purchase is gone
 */
export async function renderReceipt(
  context: HostContext,
  {purchaseId, to, siteUrl}: {purchaseId: string; to: string; siteUrl: string},
) {
  const {db} = context
  const purchase = await db.purchase.findUnique({where: {id: purchaseId}})
  const origin = await db.purchaseOrigin.findUnique({where: {purchaseId}})
  if (purchase === null || origin === null) return null
  const page = await db.contentPage.findUnique({where: {productId: purchase.productId}})
  const items = await db.bundleItem.findMany({
    where: {productId: purchase.productId},
    orderBy: {position: 'asc'},
  })
  return renderMail(
    receiptMail({
      productTitle: page?.title ?? purchase.productId,
      paid: {amount: origin.amountPaid, currency: origin.currency},
      purchaseId,
      courses: items.map((item) => ({
        title: item.title,
        where:
          item.targetApp in APP_NAMES ? APP_NAMES[item.targetApp as keyof typeof APP_NAMES] : item.targetApp,
      })),
      accountUrl: `${siteUrl}/account`,
      confirmUrl: await confirmEmailUrl(context, {purchaseId, to}),
    }),
  )
}
