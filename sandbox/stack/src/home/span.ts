/** A length of time for people: `163 ms`, `4.2 s`, `3 min`, `2 h 5 min`. */
export function span(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds))
  if (ms < 1_000) return `${ms} ms`
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`
  const minutes = Math.round(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/**
 * A moment after a beginning: as `span` within the first minute, then `5:03.412`, `1:02:03.412` and `3 d 01:02:03`. What
 * happens minutes later, such as a refund, still shows its milliseconds.
 */
export function moment(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds))
  if (ms < 60_000) return span(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = two(Math.floor(ms / 1_000) % 60)
  const minutes = Math.floor(ms / 60_000) % 60
  const hours = Math.floor(ms / 3_600_000)
  const thousandths = String(ms % 1_000).padStart(3, '0')
  if (hours === 0) return `${minutes}:${seconds}.${thousandths}`
  if (hours < 48) return `${hours}:${two(minutes)}:${seconds}.${thousandths}`
  return `${Math.floor(hours / 24)} d ${two(hours % 24)}:${two(minutes)}:${seconds}`
}
