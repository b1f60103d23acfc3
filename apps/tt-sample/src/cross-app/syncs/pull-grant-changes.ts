import {entitlementGranted, entitlementRevoked} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import {type PullReport, pullChanges} from '../peer/pull-changes'
import {acknowledgeSync, type GrantAnswerData} from './acknowledge-sync'
import {thawSync} from './thaw-sync'

/** Reads what became of grants on AI Hero since the last pull, and applies it as answers. @throws ReadPeerError */
export function pullGrantChanges(context: CrossAppContext): Promise<PullReport> {
  return pullChanges(context, {kind: 'grants', parse, apply: (answer) => apply(context, answer)})
}

async function apply(context: CrossAppContext, answer: GrantAnswerData): Promise<boolean> {
  const result = await acknowledgeSync(context, {answer, via: 'pull'})
  if (result.outcome === 'frozen') {
    await thawSync(context, {syncId: result.syncId, purchaseId: answer.sourcePurchaseId}).catch(
      // The sweep thaws what stays frozen.
      (error: unknown) => context.log.warn('sync.not-thawed', {syncId: result.syncId, error}),
    )
  }
  return result.outcome !== 'unchanged' && result.outcome !== 'unknown-sync'
}

function parse(row: unknown): GrantAnswerData | null {
  const granted = entitlementGranted.safeParse(row)
  if (granted.success) return granted.data
  const revoked = entitlementRevoked.safeParse(row)
  return revoked.success ? revoked.data : null
}
