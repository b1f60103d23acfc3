import type {NextApiRequest, NextApiResponse} from 'next'
import {actOnSync, MAX_REASON, MIN_REASON, SYNC_ACTIONS} from '../../../admin/act-on-sync'
import {hostContext} from '../../../server/host-context'
import {acceptForm, formField} from '../../../server/http/accept-form'
import {redact} from '../../../server/log'
import {acceptAdmin} from '../../../server/require-admin'

/** POST syncId, action, reason, press, revision → back to the purchase's page, which says what became of it. */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  const viewer = await acceptAdmin(request, response)
  if (viewer === null) return
  const syncId = formField(request, 'syncId', 191)
  const action = SYNC_ACTIONS.find((candidate) => candidate === formField(request, 'action', 20))
  const press = formField(request, 'press', 64)
  const revision = Number(formField(request, 'revision', 10) ?? Number.NaN)
  if (syncId === null || action === undefined || press === null || !Number.isInteger(revision)) {
    response.status(400).json({error: 'Give syncId, action, reason, press and revision.'})
    return
  }
  const sync = await hostContext.db.crossAppSync.findUnique({where: {id: syncId}, select: {purchaseId: true}})
  if (sync === null) {
    response.status(404).json({error: 'Not found.'})
    return
  }
  const back = (outcome: Record<string, string>) => {
    const query = new URLSearchParams({...outcome, sync: syncId})
    response.redirect(303, `/admin/syncs/${encodeURIComponent(sync.purchaseId)}?${query}#sync-${syncId}`)
  }
  // Kept for good, and read by the other app: an address has no place there.
  const reason = redact(formField(request, 'reason', MAX_REASON) ?? '').trim()
  if (reason.length < MIN_REASON) return back({confirm: action, problem: 'reason'})
  const result = await actOnSync(hostContext.crossApp, {
    syncId,
    action,
    reason,
    userId: viewer.id,
    press: {id: press, revision},
  })
  if (result.outcome !== 'done') return back({problem: result.outcome})
  back({done: action, ...(result.sent ? {} : {sent: 'no'})})
}
