import type { PartHealth } from './watch-health.ts'

/**
 * What an app says of its own readiness: `GET /api/ready` is 503 when it can't read its database, or when it has owed
 * something to the other app for too long.
 *
 * @returns undefined when it is ready
 */
export async function askReadiness(url: string, timeoutMs: number): Promise<PartHealth | undefined> {
  let body: unknown
  try {
    const response = await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(timeoutMs) })
    body = await response.json()
    if (response.ok) return undefined
  } catch {
    return { light: 'behind', says: 'Runs, and does not say whether it is ready.' }
  }
  const oldest = oldestSeconds(body)
  if (oldest === 0) return { light: 'behind', says: 'Runs, and can’t read its database.' }
  return { light: 'behind', says: `Runs, and has had something to send for ${oldest} s.` }
}

/** Both apps name the ages of what they owe, in fields of their own. */
function oldestSeconds(body: unknown): number {
  if (typeof body !== 'object' || body === null) return 0
  return Object.entries(body).reduce(
    (oldest, [name, value]) =>
      name.startsWith('oldest') && typeof value === 'number' ? Math.max(oldest, value) : oldest,
    0,
  )
}
