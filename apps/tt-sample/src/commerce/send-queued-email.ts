import {CrossAppError} from '@cross-app/shared'
import {type QueuedEmail, renderLinkEmail} from '../cross-app'
import {sendEmail} from '../server/email'
import {env} from '../server/env'
import {hostContext} from '../server/host-context'
import {renderReceipt} from './render-receipt'

/**
 * The outbox holds a mail this version can't send: a deploy was rolled back, or what it tells of is gone. Final, because
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
  const mail = await render(email)
  await sendEmail({...mail, idempotencyKey: email.id})
}

interface AddressedMail {
  to: string
  subject: string
  html: string
  text: string
}

async function render(email: QueuedEmail): Promise<AddressedMail> {
  switch (email.template) {
    case 'receipt':
      return receipt(email.data)
    case 'account-linked':
    case 'account-unlinked':
      return linkEmail(email.template, email.data)
    default:
      throw new UnknownEmailError(`There is no mail "${email.template}".`)
  }
}

async function receipt({purchaseId, to}: Record<string, unknown>): Promise<AddressedMail> {
  if (typeof to !== 'string' || typeof purchaseId !== 'string') {
    throw new UnknownEmailError('A queued receipt doesn’t say of which purchase, or for whom.')
  }
  const mail = await renderReceipt(hostContext, {purchaseId, to, siteUrl: env().NEXTAUTH_URL})
  if (mail === null) throw new UnknownEmailError(`Purchase ${purchaseId} of a queued receipt is not there.`)
  return {to, ...mail}
}

async function linkEmail(
  template: 'account-linked' | 'account-unlinked',
  {userId, linkRevision}: Record<string, unknown>,
): Promise<AddressedMail> {
  if (typeof userId !== 'string' || typeof linkRevision !== 'number') {
    throw new UnknownEmailError(`A queued "${template}" doesn’t say of which link.`)
  }
  const siteUrl = env().NEXTAUTH_URL
  const mail = await renderLinkEmail(hostContext.crossApp, {template, userId, linkRevision, siteUrl})
  if (mail === null)
    throw new UnknownEmailError(`User ${userId} of a queued "${template}", or the link, is not there.`)
  return mail
}
