import { numberOf, type PlacedRow, textOf } from './timeline-row.ts'

/** What Total TypeScript sent about one course. */
export interface Sending {
  row: PlacedRow
  productId: string
  revision: number
  attempt: number
  /** When it came to AI Hero; undefined: not yet, or never. */
  arrival: PlacedRow | undefined
}

/** What AI Hero made of a message, or changed by itself, and has told Total TypeScript. */
export interface Answer {
  row: PlacedRow
  productId: string
  /** Whether it was accepted for delivery: AI Hero notes that since it sends at all. */
  sent: boolean
  /** When Total TypeScript took it in. */
  receipt: PlacedRow | undefined
}

/** The messages between the two apps, found again in what both have written down. */
export interface Messages {
  sendings: Sending[]
  /** Arrivals that no sending is left for: the message came more than once. */
  repeats: { row: PlacedRow; productId: string }[]
  answers: Answer[]
  /** What Total TypeScript took in and AI Hero tells nothing of. */
  orphanReceipts: { row: PlacedRow; productId: string }[]
}

const ARRIVALS = new Set([
  'grant.applied',
  'grant.tombstoned',
  'grant.repeated',
  'grant.stale',
  'alert.grant-conflict',
  'alert.revision-refused',
])
/** Changes on AI Hero that no message asked for, and that it tells. */
const OWN_CHANGES = new Set(['grant.claimed', 'grant.released'])
const RECEIPTS = new Set([
  'sync.acknowledged',
  'sync.mirrored',
  'alert.sync-refused',
  'alert.peer-ahead',
  'alert.peer-behind',
  'alert.revision-conflict',
])

export function isArrival({ action }: PlacedRow): boolean {
  return ARRIVALS.has(action)
}

export function isReceipt({ action }: PlacedRow): boolean {
  return RECEIPTS.has(action)
}

/** The course a row of Total TypeScript is about: its rows name the sync, and the sync's first rows name the course. */
export function productsOfSyncs(ttRows: readonly PlacedRow[]): Map<string, string> {
  const products = new Map<string, string>()
  for (const row of ttRows) {
    const productId = textOf(row, 'targetProductId')
    if (productId !== '') products.set(row.subject, productId)
  }
  return products
}

/**
 * Pairs what one app sent with what the other received: by course and revision on the way there, by course, revision and
 * `stateVersion` on the way back. Both lists in the order of time, by one clock.
 */
export function matchMessages(ttRows: readonly PlacedRow[], ahRows: readonly PlacedRow[]): Messages {
  const productOf = productsOfSyncs(ttRows)
  // A sync whose first row is not among these is known by its id only.
  const nameOf = (row: PlacedRow) => productOf.get(row.subject) ?? row.subject
  const sendings: Sending[] = ttRows
    .filter(({ action }) => action === 'sync.sending')
    .map((row) => ({
      row,
      productId: nameOf(row),
      revision: numberOf(row, 'revision') ?? 0,
      attempt: numberOf(row, 'attempt') ?? 1,
      arrival: undefined,
    }))
  const repeats: Messages['repeats'] = []
  const answers: Answer[] = []
  for (const row of ahRows) {
    const productId = textOf(row, 'productId')
    if (isArrival(row)) {
      const sending = sendingOf(sendings, row, productId)
      if (sending === undefined) repeats.push({ row, productId })
      else sending.arrival = row
    }
    if (isArrival(row) || OWN_CHANGES.has(row.action)) {
      answers.push({ row, productId, sent: false, receipt: undefined })
    }
  }
  for (const row of ahRows.filter(({ action }) => action === 'grant.answered')) {
    for (const answer of answers) {
      if (answer.productId !== textOf(row, 'productId') || answer.row.time > row.time) continue
      if (numberOf(answer.row, 'stateVersion') === numberOf(row, 'stateVersion')) answer.sent = true
    }
  }
  const orphanReceipts: Messages['orphanReceipts'] = []
  for (const row of ttRows.filter(isReceipt)) {
    const productId = nameOf(row)
    const answer = answers.find(
      (each) => each.receipt === undefined && each.productId === productId && isAnsweredBy(each.row, row),
    )
    if (answer === undefined) orphanReceipts.push({ row, productId })
    else answer.receipt = row
  }
  return { sendings, repeats, answers, orphanReceipts }
}

/** Of the sendings before this arrival that have none yet, the youngest: an older one is late, or lost. */
function sendingOf(sendings: readonly Sending[], arrival: PlacedRow, productId: string): Sending | undefined {
  const revision = numberOf(arrival, 'revision')
  return sendings.findLast(
    (sending) =>
      sending.arrival === undefined &&
      sending.productId === productId &&
      sending.revision === revision &&
      sending.row.time <= arrival.time,
  )
}

function isAnsweredBy(answer: PlacedRow, receipt: PlacedRow): boolean {
  if (answer.time > receipt.time) return false
  if (answer.action === 'alert.revision-refused' || receipt.action === 'alert.sync-refused') {
    return (
      answer.action === 'alert.revision-refused' &&
      receipt.action === 'alert.sync-refused' &&
      numberOf(answer, 'revision') === numberOf(receipt, 'revision')
    )
  }
  const version = numberOf(receipt, 'stateVersion')
  return version === undefined || numberOf(answer, 'stateVersion') === version
}
