import {crossAppEvents, type LinkTold} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import {type PullReport, pullChanges} from '../peer/pull-changes'
import {mirrorAccountLink} from './mirror-account-link'

/**
 * Reads which links AI Hero made and ended since the last pull, and mirrors them. Mails and requests that follow from it
 * are written, and go out with the same sweep or the next. @throws ReadPeerError
 */
export function pullLinkChanges(context: CrossAppContext): Promise<PullReport> {
  return pullChanges(context, {
    kind: 'links',
    parse,
    apply: async (told) => (await mirrorAccountLink(context, {told, via: 'pull'})).outcome !== 'unchanged',
  })
}

function parse(row: unknown): LinkTold | null {
  const linked = crossAppEvents['account/linked'].safeParse(row)
  if (linked.success) return {name: 'account/linked', data: linked.data}
  const unlinked = crossAppEvents['account/unlinked'].safeParse(row)
  return unlinked.success ? {name: 'account/unlinked', data: unlinked.data} : null
}
