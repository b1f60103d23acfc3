const instantFormat = new Intl.DateTimeFormat('en-GB', {
	day: 'numeric',
	month: 'short',
	year: 'numeric',
	hour: '2-digit',
	minute: '2-digit',
	timeZone: 'UTC',
})

/**
 * A moment as support reads it: "21 Nov 2026, 14:03 UTC". Always in UTC, as the timelines are.
 *
 * @param instant ISO 8601
 */
export function formatInstant(instant: string): string {
	return `${instantFormat.format(new Date(instant))} UTC`
}
