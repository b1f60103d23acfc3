/** JSON with sorted keys and no undefined: two values are the same exactly when their canonical texts are. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const result: Record<string, unknown> = {}
  const source = value as Record<string, unknown>
  Object.keys(source)
    .sort()
    .forEach((key) => {
      if (source[key] !== undefined) result[key] = sorted(source[key])
    })
  return result
}
