import type {NextApiRequest, NextApiResponse} from 'next'
import {createEmailCallback, readConfirmEmailToken} from '../../server/auth/confirm-email-link'
import {hostContext} from '../../server/host-context'
import {acceptForm, formField} from '../../server/http/accept-form'

/**
 * POST token (from a guest's receipt) → 303 to the sign-in library's own email callback, which confirms the address and
 * signs the person in. Opening the link in the mail does neither: scanners do that too.
 */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  const link = await readConfirmEmailToken(hostContext, formField(request, 'token', 4_000) ?? '')
  if ('problem' in link) {
    response.redirect(303, `/confirm-email?problem=${link.problem}`)
    return
  }
  // From now on only a fresh link signs anyone in: receipts are kept, printed and passed on.
  if (link.state === 'confirmed') {
    response.redirect(303, '/confirm-email?problem=confirmed')
    return
  }
  const callback = await createEmailCallback(hostContext, {
    email: link.email,
    callbackUrl: '/account?done=email-confirmed',
  })
  response.setHeader('referrer-policy', 'no-referrer')
  response.redirect(303, callback)
}
