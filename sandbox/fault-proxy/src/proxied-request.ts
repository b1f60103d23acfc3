import type { FaultKind } from './faults.ts'

/** One request that reached the proxy. */
export interface ProxiedRequest {
  method: string
  path: string
  /** When it came, in milliseconds since 1970. */
  at: number
  /** The fault it met, if any. */
  fault: FaultKind | null
  /** The status sent to the caller; null when no answer was sent (yet). */
  status: number | null
  /** The status that the target answered, which the caller may never have seen. */
  targetStatus: number | null
  /** The status that the target answered to the second copy of a duplicated request. */
  copyStatus: number | null
}
