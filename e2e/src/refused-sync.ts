import type { Scenario, SyncRow } from './scenario.ts'

/**
 * Leaves the first sync of a purchase as a refusal by AI Hero leaves it: for tests of what support does about that. The
 * refusal itself is another test's (case 13); making AI Hero's catalogue wrong would break everybody else's purchases.
 */
export async function refuseFirstSync(scenario: Scenario, purchaseId: string): Promise<SyncRow> {
  const [sync] = await scenario.syncsOf(purchaseId)
  if (!sync) throw new Error(`Purchase ${purchaseId} has no sync.`)
  await scenario.databases.tt(
    `UPDATE CrossAppSync SET status = 'failed', revision = revision + 1, refusedRevision = revision,
     errorMessage = 'unknown-product: There is no such product.', nextAttemptAt = NULL, dueSince = NULL,
     updatedAt = UTC_TIMESTAMP(3) WHERE id = ?`,
    [sync.id],
  )
  return sync
}
