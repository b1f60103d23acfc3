import {createHash} from 'node:crypto'
import {normaliseEmail} from '@cross-app/shared'
import type {EmailConfig} from 'next-auth/providers/email'
import {sendEmail} from '../email'
import {env} from '../env'

const LINK_LIFETIME_SECONDS = 60 * 60

/** Sign-in by a mailed link, through the same provider as every other mail (no SMTP library). */
export function emailProvider(): EmailConfig {
  return {
    id: 'email',
    type: 'email',
    name: 'Email',
    from: env().EMAIL_FROM,
    server: '',
    maxAge: LINK_LIFETIME_SECONDS,
    options: {},
    normalizeIdentifier: normaliseEmail,
    sendVerificationRequest: ({identifier, url}) =>
      sendEmail({
        to: identifier,
        subject: 'Your sign-in link for Total TypeScript',
        text: `Sign in to Total TypeScript:\n\n${url}\n\nThe link works once, for an hour. If you didn't ask for it, ignore this mail.\n`,
        html: signInHtml(url),
        idempotencyKey: createHash('sha256').update(url).digest('hex'),
      }),
  }
}

function signInHtml(url: string): string {
  const href = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<p>Sign in to Total TypeScript:</p>
<p><a href="${href}">Sign in</a></p>
<p>The link works once, for an hour. If you didn't ask for it, ignore this mail.</p>`
}
