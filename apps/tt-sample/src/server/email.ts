import {Resend} from 'resend'
import {env} from './env'

export interface Email {
  to: string
  subject: string
  html: string
  text: string
  /** The same key is the same mail: the provider sends it once. */
  idempotencyKey: string
}

/** The provider did not accept a mail; trying again later is worth it. */
export class EmailNotAcceptedError extends Error {
  override name = 'EmailNotAcceptedError'
}

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
  if (error) throw new EmailNotAcceptedError(`The mail provider answered ${error.name}.`)
}
