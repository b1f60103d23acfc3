import type {TimelineEntry} from './timeline-view'

/** One entry with the time that has passed since the first one. */
export interface TimelineStep {
  entry: TimelineEntry
  /** Milliseconds; never negative. */
  sinceStartMs: number
  /** True where a new (UTC) day begins. */
  startsDay: boolean
}

/**
 * Puts the audit rows of both apps into one story.
 * Each app keeps its own clock, so the order across apps is only as good as they agree; within an app the given order is
 * kept where times are equal.
 */
export function mergeTimeline(...halves: TimelineEntry[][]): TimelineStep[] {
  const entries = halves.flat().sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const first = entries[0]
  if (!first) return []
  const startMs = Date.parse(first.at)
  return entries.map((entry, index) => {
    const before = entries[index - 1]
    return {
      entry,
      sinceStartMs: Date.parse(entry.at) - startMs,
      startsDay: !before || before.at.slice(0, 10) !== entry.at.slice(0, 10),
    }
  })
}

/**
 * Writes a span as a person reads it in a log: `+0 ms`, `+412 ms`, `+3.20 s`, `+12 min`, `+5 h`, `+2 d`.
 *
 * @param milliseconds not negative
 */
export function formatSpan(milliseconds: number): string {
  if (milliseconds < 1_000) return `+${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `+${(milliseconds / 1_000).toFixed(2)} s`
  if (milliseconds < 3_600_000) return `+${Math.floor(milliseconds / 60_000)} min`
  if (milliseconds < 86_400_000) return `+${Math.floor(milliseconds / 3_600_000)} h`
  return `+${Math.floor(milliseconds / 86_400_000)} d`
}
