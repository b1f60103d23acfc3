/** The value below which `share` of the sorted numbers lie (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

/** p50, p95 and the worst, in milliseconds. */
export function summarise(name: string, values: readonly number[]): Record<string, number> {
  return {
    [`${name}P50Ms`]: percentile(values, 0.5),
    [`${name}P95Ms`]: percentile(values, 0.95),
    [`${name}MaxMs`]: percentile(values, 1),
  }
}
