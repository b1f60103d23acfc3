import {isCrossAppError} from '@cross-app/shared'
import type {NextApiRequest, NextApiResponse} from 'next'
import {markAlertSeen} from '../../../cross-app'
import {hostContext} from '../../../server/host-context'
import {acceptForm, formField} from '../../../server/http/accept-form'
import {acceptAdmin} from '../../../server/require-admin'

/** POST alertId [all] → back to the list of alerts. */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  const viewer = await acceptAdmin(request, response)
  if (viewer === null) return
  const alertId = formField(request, 'alertId', 191)
  if (alertId === null) {
    response.status(400).json({error: 'Give alertId.'})
    return
  }
  try {
    await markAlertSeen(hostContext, {alertId, actor: `user:${viewer.id}`})
  } catch (error) {
    if (!isCrossAppError(error) || error.code !== 'not-found') throw error
    response.status(404).json({error: 'Not found.'})
    return
  }
  const show = formField(request, 'show', 10) === 'all' ? 'show=all&' : ''
  response.redirect(303, `/admin/alerts?${show}done=seen`)
}
