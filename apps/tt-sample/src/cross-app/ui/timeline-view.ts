/** The two halves of this system, by the names they carry in data. */
export type TimelineApp = 'total-typescript' | 'ai-hero'

/** One audit row of either app, ready to be shown. All values survive JSON. */
export interface TimelineEntry {
  /** Unique within its app. */
  id: string
  app: TimelineApp
  /** ISO 8601, UTC, by that app's own clock. */
  at: string
  actor: string
  action: string
  summary: string | null
  revision: number | null
  state: string | null
  error: string | null
  /** Further details, flat; no secrets. */
  data: Record<string, string | number | boolean | null>
}

/** The other app's half: either what it told us, or why we have nothing from it. */
export type RemoteTimeline =
  | {reached: true; readAt: string; entries: TimelineEntry[]}
  | {reached: false; reason: string}
