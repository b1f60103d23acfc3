import type {CrossAppContext} from '../context'
import {forgetLinkRequests} from '../links/forget-link-requests'
import {pullLinkChanges} from '../links/pull-link-changes'
import {sendDueUnlinkRequests} from '../links/send-due-unlink-requests'
import {sweepOutbox} from '../outbox/sweep-outbox'
import {pullGrantChanges} from './pull-grant-changes'
import {recordMissingSyncs} from './record-missing-syncs'
import {sendDueSyncs} from './send-due-syncs'
import {thawFrozenSyncs} from './thaw-frozen-syncs'

export interface ReconcileReport {
  /** Purchases that lacked their syncs. */
  recorded: number
  thawed: number
  sent: number
  /** Requests to end a link. */
  unlinksSent: number
  /** Rows read from AI Hero's changes of grants and links, and how many told us something new. */
  pulled: number
  applied: number
  outbox: number
  /** What could not be done this time, by part; all of it is due again. */
  problems: {part: string; message: string}[]
}

/**
 * The sweep. The tables are the truth, so it needs no queue and no event to have survived: it sends what is due, reads
 * what AI Hero changed, and sends what the outbox still holds. Cost follows what is outstanding. Safe to run at any
 * time and several times at once; one part that fails doesn't stop the others.
 */
export async function reconcileSyncs(context: CrossAppContext): Promise<ReconcileReport> {
  const report: ReconcileReport = {
    recorded: 0,
    thawed: 0,
    sent: 0,
    unlinksSent: 0,
    pulled: 0,
    applied: 0,
    outbox: 0,
    problems: [],
  }
  const part = async (name: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      context.log.warn('reconcile.part-failed', {part: name, error})
      report.problems.push({part: name, message})
    }
  }
  await part('record', async () => {
    report.recorded = (await recordMissingSyncs(context)).length
  })
  // Before the sending: an answer that is there already makes a send unnecessary.
  await part('pull', async () => {
    const {read, applied} = await pullGrantChanges(context)
    report.pulled += read
    report.applied += applied
  })
  await part('pull-links', async () => {
    const {read, applied} = await pullLinkChanges(context)
    report.pulled += read
    report.applied += applied
  })
  await part('thaw', async () => {
    const {thawed, failed} = await thawFrozenSyncs(context)
    report.thawed = thawed
    if (failed > 0) report.problems.push({part: 'thaw', message: `${failed} could not be thawed.`})
  })
  await part('send', async () => {
    const {sent, failures} = await sendDueSyncs(context, {})
    report.sent = sent
    if (failures.length > 0) {
      report.problems.push({part: 'send', message: `${failures.length} not sent: ${failures[0]!.message}`})
    }
  })
  await part('unlink', async () => {
    const {sent, failures} = await sendDueUnlinkRequests(context)
    report.unlinksSent = sent
    if (failures.length > 0) {
      report.problems.push({part: 'unlink', message: `${failures.length} not sent: ${failures[0]!}`})
    }
  })
  await part('outbox', async () => {
    const {sent, failed} = await sweepOutbox(context)
    report.outbox = sent
    if (failed > 0) report.problems.push({part: 'outbox', message: `${failed} not sent.`})
  })
  await part('forget', async () => {
    await forgetLinkRequests(context)
  })
  return report
}
