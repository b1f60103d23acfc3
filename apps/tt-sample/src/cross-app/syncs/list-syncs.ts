import type {Database} from '../context'
import type {SyncRow} from './sync-row'

/** What support looks for. `status` values are the row's own; the other three are questions a supporter has. */
export type SyncFilter =
  | 'all'
  | 'needs-attention'
  | 'pending'
  | 'failed'
  | 'held'
  | 'unclaimed'
  | 'synced'
  | 'revoked'

/** A change that is not acknowledged after this long needs a look, although it is still being sent. */
export const OVERDUE_AFTER_MS = 15 * 60_000

/** Where a page ends: the order is the newest change first, and ids tell changes of one millisecond apart. */
export interface SyncPosition {
  /** ISO 8601, UTC, with milliseconds. */
  updatedAt: string
  id: string
}

/** Whose syncs: everybody's, those of an owner's address that begins like this, those of some purchases, or one. */
export type SyncsAmong =
  | {kind: 'everything'}
  | {kind: 'address'; startsWith: string}
  | {kind: 'purchases'; ids: string[]}
  | {kind: 'sync'; id: string}

export interface ListSyncs {
  filter: SyncFilter
  targetProductId: string | null
  changedSince: Date | null
  among: SyncsAmong
  /** Null: the newest. */
  from: {position: SyncPosition; direction: 'older' | 'newer'} | null
  pageSize: number
}

export interface ListedSyncs {
  rows: SyncRow[]
  newer: SyncPosition | null
  older: SyncPosition | null
}

/**
 * One page of syncs for support, the newest change first. A page begins where the other one ended (no offset, and no
 * count over the table), so the last page of a million syncs is as quick as the first.
 */
export async function listSyncs(
  context: {db: Database; clock: {now(): Date}},
  input: ListSyncs,
): Promise<ListedSyncs> {
  const {db} = context
  if (input.among.kind === 'purchases' && input.among.ids.length === 0) {
    return {rows: [], newer: null, older: null}
  }
  const {text, values} = syncIdsQuery(input, context.clock.now())
  const found = await db.$queryRawUnsafe<{id: string}[]>(text, ...values)
  const backwards = input.from?.direction === 'newer'
  const beyond = found.length > input.pageSize
  const ids = found.slice(0, input.pageSize).map(({id}) => id)
  if (backwards) ids.reverse()
  const unordered = await db.crossAppSync.findMany({where: {id: {in: ids}}})
  const rows = ids
    .map((id) => unordered.find((row) => row.id === id))
    .filter((row): row is (typeof unordered)[number] => row !== undefined)
  const hasNewer = backwards ? beyond : input.from !== null
  const hasOlder = backwards ? true : beyond
  return {
    rows,
    newer: hasNewer ? positionOf(rows[0]) : null,
    older: hasOlder ? positionOf(rows[rows.length - 1]) : null,
  }
}

interface Query {
  /** Fixed words only; whatever comes from outside is among the values. */
  text: string
  values: unknown[]
}

/** The ids of a page, one more than it holds. Apart from the look-up, so that a test can ask the database for its plan. */
export function syncIdsQuery(input: ListSyncs, now: Date): Query {
  const order = input.from?.direction === 'newer' ? 'ASC' : 'DESC'
  const common = [...amongConditions(input), ...pageConditions(input)]
  // Each question is answered by an index of its own: one condition with OR would make the database read them all.
  const branches = questionsOf(input.filter, now).map((question) => {
    const all = [...question, ...common]
    const where = all.length === 0 ? '' : ` WHERE ${all.map(({text}) => text).join(' AND ')}`
    return {
      text: `(SELECT id, updatedAt FROM CrossAppSync${where} ORDER BY updatedAt ${order}, id ${order} LIMIT ${limitOf(input)})`,
      values: flatten(all),
    }
  })
  return {
    text: `${branches.map(({text}) => text).join(' UNION ')} ORDER BY updatedAt ${order}, id ${order} LIMIT ${limitOf(input)}`,
    values: flatten(branches),
  }
}

function limitOf({pageSize}: ListSyncs): number {
  return Math.max(1, Math.floor(pageSize)) + 1
}

function flatten(parts: Query[]): unknown[] {
  return parts.reduce<unknown[]>((values, part) => values.concat(part.values), [])
}

/** One list of conditions per way in which a sync can be meant. */
function questionsOf(filter: SyncFilter, now: Date): Query[][] {
  switch (filter) {
    case 'all':
      return [[]]
    case 'held':
      return [[{text: 'reason = ?', values: ['hold']}]]
    case 'unclaimed':
      return [
        [
          {text: 'mirrorStatus = ?', values: ['pending']},
          {text: 'desiredState = ?', values: ['granted']},
          {text: 'ackedRevision = revision', values: []},
        ],
      ]
    case 'needs-attention':
      return [
        [{text: 'status = ?', values: ['failed']}],
        [{text: 'frozenAt IS NOT NULL', values: []}],
        [{text: 'dueSince < ?', values: [new Date(now.getTime() - OVERDUE_AFTER_MS)]}],
      ]
    default:
      return [[{text: 'status = ?', values: [filter]}]]
  }
}

function amongConditions({among, targetProductId, changedSince}: ListSyncs): Query[] {
  const conditions: Query[] = []
  if (among.kind === 'sync') conditions.push({text: 'id = ?', values: [among.id]})
  if (among.kind === 'purchases') {
    const marks = among.ids.map(() => '?').join(', ')
    conditions.push({text: `purchaseId IN (${marks})`, values: among.ids})
  }
  if (among.kind === 'address') {
    // `%`, `_` and the escape itself are what people type in addresses, not wildcards.
    const literal = among.startsWith.replace(/[\\%_]/g, (sign) => `\\${sign}`)
    conditions.push({text: 'ownerEmail LIKE ?', values: [`${literal}%`]})
  }
  if (targetProductId !== null) conditions.push({text: 'targetProductId = ?', values: [targetProductId]})
  if (changedSince !== null) conditions.push({text: 'updatedAt >= ?', values: [changedSince]})
  return conditions
}

function pageConditions({from}: ListSyncs): Query[] {
  if (from === null) return []
  const {position, direction} = from
  const at = new Date(position.updatedAt)
  const [beside, past] = direction === 'older' ? ['<=', '<'] : ['>=', '>']
  return [
    // Two conditions rather than one with OR: the first is the range that the index is read from.
    {text: `updatedAt ${beside} ?`, values: [at]},
    {text: `(updatedAt <> ? OR id ${past} ?)`, values: [at, position.id]},
  ]
}

function positionOf(row: {updatedAt: Date; id: string} | undefined): SyncPosition | null {
  return row === undefined ? null : {updatedAt: row.updatedAt.toISOString(), id: row.id}
}
