import type {DesiredState, SyncStatus} from '@cross-app/shared'
import type {Transaction} from '../context'

/** A row of CrossAppSync. */
export interface SyncRow {
  id: string
  purchaseId: string
  targetApp: string
  targetProductId: string
  status: string
  targetEntitlementId: string | null
  targetUserId: string | null
  errorMessage: string | null
  retryCount: number
  createdAt: Date
  syncedAt: Date | null
  revokedAt: Date | null
  desiredState: string
  reason: string
  ownerUserId: string
  ownerEmail: string
  ownerProven: boolean
  restriction: string | null
  revision: number
  ackedRevision: number
  refusedRevision: number | null
  stateVersion: number
  mirrorStatus: string | null
  targetGrantId: string | null
  frozenAt: Date | null
  seenRevision: number | null
  holdReason: string | null
  nextAttemptAt: Date | null
  dueSince: Date | null
  updatedAt: Date
}

type RawSyncRow = Omit<SyncRow, 'ownerProven'> & {ownerProven: number | boolean}

/** One sync, locked until the transaction ends. A locking read sees the newest committed state, whatever was read before. */
export async function lockSync(tx: Transaction, syncId: string): Promise<SyncRow | null> {
  const rows = await tx.$queryRaw<RawSyncRow[]>`SELECT * FROM CrossAppSync WHERE id = ${syncId} FOR UPDATE`
  return rows[0] === undefined ? null : fromRaw(rows[0])
}

/** All syncs of a purchase, locked, in a fixed order. The caller holds the purchase's lock: only then none can appear meanwhile. */
export async function lockSyncsOfPurchase(tx: Transaction, purchaseId: string): Promise<SyncRow[]> {
  const rows = await tx.$queryRaw<RawSyncRow[]>`
    SELECT * FROM CrossAppSync WHERE purchaseId = ${purchaseId} ORDER BY targetApp, targetProductId FOR UPDATE`
  return rows.map(fromRaw)
}

/** The driver returns a boolean column of a raw query as 0 or 1. */
function fromRaw(row: RawSyncRow): SyncRow {
  return {...row, ownerProven: Boolean(Number(row.ownerProven))}
}

/** What the row says the purchase entitles to. */
export function desiredStateOf(row: SyncRow): DesiredState {
  return {
    state: row.desiredState as DesiredState['state'],
    ownerUserId: row.ownerUserId,
    ownerEmail: row.ownerEmail,
    ownerProven: row.ownerProven,
    restriction: row.restriction,
  }
}

/** The columns that store a desired state. */
export function columnsOf(desired: DesiredState) {
  return {
    desiredState: desired.state,
    ownerUserId: desired.ownerUserId,
    ownerEmail: desired.ownerEmail,
    ownerProven: desired.ownerProven,
    restriction: desired.restriction,
  }
}

export function statusOf(row: SyncRow): SyncStatus {
  return row.status as SyncStatus
}
