import {isLinkRefused} from '@cross-app/shared'
import type {NextApiRequest, NextApiResponse} from 'next'
import {dispatchAfterCommit, sendUnlinkAfterCommit, undoLink} from '../../../cross-app'
import {hostContext} from '../../../server/host-context'
import {acceptForm, formField} from '../../../server/http/accept-form'

/**
 * POST token → ends the link that the mail was about and frees what it claimed. Nobody has to be signed in: whoever made
 * the link may have the session, the owner has the mail.
 */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  try {
    const token = formField(request, 'token', 4_000) ?? ''
    const {userId, outcome, outboxIds} = await undoLink(hostContext.crossApp, {token})
    await dispatchAfterCommit(hostContext.crossApp, outboxIds)
    if (outcome !== 'nothing-to-end') await sendUnlinkAfterCommit(hostContext.crossApp, {userId})
    response.redirect(303, '/account-link/not-me?done=1')
  } catch (error) {
    if (!isLinkRefused(error)) throw error
    response.redirect(303, `/account-link/not-me?problem=${error.refusal}`)
  }
}
