const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
const partPattern = /(\d+(?:\.\d+)?)(ms|[smhdw])/g

/** Milliseconds of a duration such as `1s`, `2h30m` or `1w2d`; undefined when the text is not one. */
export function parseDuration(text: string): number | undefined {
  // The SDK writes durations under a second as an empty text: no wait at all.
  if (text === '') return 0
  let total = 0
  const rest = text.replace(partPattern, (_all, amount: string, unit: keyof typeof unitMs) => {
    total += Number(amount) * unitMs[unit]
    return ''
  })
  return rest === '' && Number.isFinite(total) ? total : undefined
}

/** When a sleep ends: a duration counts from `now`, an ISO date is taken as it is; undefined for anything else. */
export function parseWakeTime(text: string, now: number): number | undefined {
  const duration = parseDuration(text)
  if (duration !== undefined) return now + duration
  const date = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isFinite(date) ? date : undefined
}
