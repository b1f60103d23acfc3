import {CrossAppError} from '@cross-app/shared'
import {Resend} from 'resend'
import {env} from './env'
import {log} from './log'

export interface Email {
  to: string
  subject: string
  html: string
  text: string
  /** The same key is the same mail: the provider sends it once. */
  idempotencyKey: string
}

/** The provider did not accept a mail. `retryable` says whether the same mail can be accepted later. */
export class EmailNotAcceptedError extends CrossAppError {
  constructor(reason: string, options: {retryable: boolean}) {
    super('email-not-accepted', `The mail provider answered ${reason}.`, options)
  }
}

/**
 * Resend has taken a mail under this key before, and this one reads differently: rendered anew, it has a newer token in
 * it. The person has their mail.
 */
const ACCEPTED_BEFORE = 'invalid_idempotent_request'

/** What Resend answers to a mail that stays wrong however often it is sent, such as an address that is none. */
const FINAL_REASONS = ['validation_error', 'missing_required_field', 'invalid_parameter', 'invalid_access']

const shared = globalThis as typeof globalThis & {ttResend?: Resend}

function resend(): Resend {
  const {RESEND_API_KEY, RESEND_BASE_URL} = env()
  shared.ttResend ??= new Resend(
    RESEND_API_KEY,
    RESEND_BASE_URL === undefined ? undefined : {baseUrl: RESEND_BASE_URL},
  )
  return shared.ttResend
}

/** Hands a mail to Resend. @throws EmailNotAcceptedError with the provider's reason, never the address */
export async function sendEmail({to, subject, html, text, idempotencyKey}: Email): Promise<void> {
  const {error} = await resend().emails.send(
    {from: env().EMAIL_FROM, to, subject, html, text},
    {idempotencyKey},
  )
  if (!error) return
  if (error.name !== ACCEPTED_BEFORE) {
    throw new EmailNotAcceptedError(error.name, {retryable: !FINAL_REASONS.includes(error.name)})
  }
  // Worth a look when it happens often: two different mails under one key would be one mail too few.
  log.warn('email.accepted-before', {idempotencyKey})
}
