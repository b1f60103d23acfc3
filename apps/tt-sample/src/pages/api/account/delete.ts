import type {NextApiRequest, NextApiResponse} from 'next'
import {endSession, getViewer} from '../../../server/auth'
import {deleteAccount} from '../../../server/auth/delete-account'
import {hostContext} from '../../../server/host-context'
import {acceptForm, formField} from '../../../server/http/accept-form'

/** POST confirm=delete → the viewer's account is gone, and they are signed out. */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  const viewer = await getViewer(request, response)
  if (viewer === null) {
    response.redirect(303, '/sign-in?callbackUrl=%2Faccount')
    return
  }
  if (formField(request, 'confirm', 20) !== 'delete') {
    response.redirect(303, '/account?problem=confirm-delete')
    return
  }
  await deleteAccount(hostContext, {userId: viewer.id})
  endSession(response)
  response.redirect(303, '/?done=account-deleted')
}
