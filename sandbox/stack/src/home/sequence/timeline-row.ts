/** One audit row as both apps' timeline APIs give it. */
export interface TimelineRow {
  id: string
  /** ISO 8601, by the clock of the app's database. */
  at: string
  actor: string
  /** `<thing>.<what became of it>`, such as `grant.applied`; `alert.*` needs a person. */
  action: string
  purchaseId: string | null
  subject: string
  data: Record<string, unknown>
}

/** A row placed in time. */
export interface PlacedRow extends TimelineRow {
  /** Milliseconds since 1970, by the home page's clock. */
  time: number
}

/** What one app has told of a purchase. */
export interface AppRows {
  rows: readonly TimelineRow[]
  /** How far the app's clock is ahead of ours, in milliseconds, as far as it is known. */
  clockAheadMs: number
}

/** Each row once, in the order of time, by our clock. Rows of the same moment keep the order in which they came. */
export function placeRows({ rows, clockAheadMs }: AppRows): PlacedRow[] {
  const seen = new Set<string>()
  const placed: PlacedRow[] = []
  for (const row of rows) {
    const time = Date.parse(row.at) - clockAheadMs
    if (seen.has(row.id) || Number.isNaN(time)) continue
    seen.add(row.id)
    placed.push({ ...row, time })
  }
  return placed.sort((a, b) => a.time - b.time)
}

/** A text out of a row's data; empty where there is none. */
export function textOf(row: TimelineRow, field: string): string {
  const value = row.data[field]
  return typeof value === 'string' ? value : ''
}

/** A number out of a row's data. */
export function numberOf(row: TimelineRow, field: string): number | undefined {
  const value = row.data[field]
  return typeof value === 'number' ? value : undefined
}
