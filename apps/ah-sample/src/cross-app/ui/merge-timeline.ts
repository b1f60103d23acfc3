/** One audit row of either app. */
export type TimelineEntry = {
	/** Unique within its app. */
	id: string
	/** ISO 8601, UTC, by that app's own clock. */
	at: string
	actor: string
	action: string
	subject: string
	data: Record<string, string | number | boolean | null>
}

/** One entry in the story of both apps. */
export type TimelineStep = {
	entry: TimelineEntry
	/** It was written in this app. */
	here: boolean
	/** Since the first one; milliseconds, never negative. */
	sinceStartMs: number
	/** A new (UTC) day begins with it. */
	startsDay: boolean
}

/**
 * Puts the audit rows of both apps into one story. Each app keeps its own clock, so the order across the apps is only
 * as good as they agree; within an app the given order is kept where times are equal.
 */
export function mergeTimeline(here: TimelineEntry[], there: TimelineEntry[]): TimelineStep[] {
	const all = [
		...here.map((entry) => ({ entry, here: true })),
		...there.map((entry) => ({ entry, here: false })),
	].sort((left, right) => Date.parse(left.entry.at) - Date.parse(right.entry.at))
	const startMs = Date.parse(all[0]?.entry.at ?? '')
	return all.map((step, index) => ({
		...step,
		sinceStartMs: Date.parse(step.entry.at) - startMs,
		startsDay: all[index - 1]?.entry.at.slice(0, 10) !== step.entry.at.slice(0, 10),
	}))
}

/**
 * A span as people read it in a log: `+0 ms`, `+412 ms`, `+3.20 s`, `+12 min`, `+5 h`, `+2 d`.
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
