import type {Database} from '../context'

/** One audit row as it leaves this app, for the admin timeline of the peer and the stack's home page. */
export interface AuditRow {
  id: string
  /** ISO 8601, UTC. */
  at: string
  actor: string
  action: string
  purchaseId: string | null
  subject: string
  data: unknown
}

export type AuditEventsOf = {purchaseId: string} | {since: Date} | {userId: string}

/** Whoever has more purchases than this is a reseller, and looked at purchase by purchase. */
const MAX_PURCHASES = 200

/**
 * Rows of one purchase, of one person of this app, or of everything since a moment. Oldest first; at most `limit`, the
 * newest when there are more.
 */
export async function listAuditEvents(
  {db}: {db: Database},
  {of, limit}: {of: AuditEventsOf; limit: number},
): Promise<AuditRow[]> {
  const find = (where: NonNullable<Parameters<typeof db.auditEvent.findMany>[0]>['where']) =>
    db.auditEvent.findMany({where, orderBy: [{at: 'desc'}, {id: 'desc'}], take: limit})
  if ('purchaseId' in of) return inOrder(await find({purchaseId: of.purchaseId}), limit)
  if ('since' in of) return inOrder(await find({at: {gte: of.since}}), limit)
  // Two questions, each with an index of its own, rather than one with OR.
  const purchaseIds = await purchasesOf(db, of.userId)
  const aboutPerson = await find({subject: of.userId})
  const aboutPurchases = await find({purchaseId: {in: purchaseIds}})
  const known = aboutPurchases.map(({id}) => id)
  return inOrder(aboutPurchases.concat(aboutPerson.filter(({id}) => known.indexOf(id) === -1)), limit)
}

/** Purchases of this user, and those whose courses are (or, after the account was deleted, were) theirs. */
async function purchasesOf(db: Database, userId: string): Promise<string[]> {
  const purchases = await db.purchase.findMany({
    where: {userId},
    select: {id: true, userId: true},
    orderBy: {createdAt: 'desc'},
    take: MAX_PURCHASES,
  })
  const syncs = await db.crossAppSync.findMany({
    where: {ownerUserId: userId},
    select: {purchaseId: true},
    take: 2 * MAX_PURCHASES,
  })
  // The host's table ignores letter case: a user whose id differs in that alone is someone else.
  const ids = purchases.filter((purchase) => purchase.userId === userId).map(({id}) => id)
  syncs.forEach(({purchaseId}) => {
    if (ids.indexOf(purchaseId) === -1) ids.push(purchaseId)
  })
  return ids
}

function inOrder(rows: (Omit<AuditRow, 'at'> & {at: Date})[], limit: number): AuditRow[] {
  return rows
    .slice()
    .sort((left, right) => left.at.getTime() - right.at.getTime() || (left.id < right.id ? -1 : 1))
    .slice(-limit)
    .map((row) => ({...row, at: row.at.toISOString()}))
}
