import {createHash} from 'node:crypto'
import {normaliseEmail} from '@cross-app/shared'
import type {EmailConfig} from 'next-auth/providers/email'
import {renderMail} from '../../cross-app'
import {sendEmail} from '../email'
import {env} from '../env'
import {signInMail} from './emails/sign-in'
import {SIGN_IN_LINK_SECONDS} from './may-mail-sign-in-link'

/** Sign-in by a mailed link, through the same provider as every other mail (no SMTP library). */
export function emailProvider(): EmailConfig {
  return {
    id: 'email',
    type: 'email',
    name: 'Email',
    from: env().EMAIL_FROM,
    server: '',
    maxAge: SIGN_IN_LINK_SECONDS,
    options: {},
    normalizeIdentifier: normaliseEmail,
    async sendVerificationRequest({identifier, url}) {
      await sendEmail({
        to: identifier,
        ...(await renderMail(signInMail({url}))),
        idempotencyKey: createHash('sha256').update(url).digest('hex'),
      })
    },
  }
}
