const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/**
 * A day as people read it, for example "4 March 2026". Always in UTC, so that server and browser print the same.
 *
 * @param instant an ISO 8601 instant
 * @throws RangeError when the text is not a date
 */
export function formatDay(instant: string): string {
	return dayFormat.format(new Date(instant))
}
