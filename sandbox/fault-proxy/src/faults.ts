/** What goes wrong. All of them are things that happen between two real servers. */
export type FaultKind =
  /** Nobody answers the port: connections are reset. */
  | 'down'
  /** The request is taken and never answered. It does not reach the target. */
  | 'hang'
  /** Answered with 503 by something in front of the target, which never sees the request. */
  | 'status503'
  /** The target does the work and answers; the answer never arrives. */
  | 'lostResponse'

/** What the proxy knows of a request when it decides about it. */
export interface RequestSummary {
  method: string
  /** Path and query, as sent. */
  path: string
}

export interface Fault {
  kind: FaultKind
  /** Share of the requests that meet the fault, 0 to 1; all of them unless told. */
  probability?: number
  /** How many requests meet the fault before all is well again; no end unless told. */
  times?: number
  /** Makes `probability` repeatable; the same seed and the same requests meet the same faults. 1 unless told. */
  seed?: number
  /** Only these requests can meet the fault. */
  matches?: (request: RequestSummary) => boolean
}

/** A small repeatable source of numbers from 0 up to 1 (mulberry32): enough for choosing, not for secrets. */
export function repeatableRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Decides, request by request, whether a fault strikes. Keeps count of `times`. */
export function createFaultDecision(fault: Fault): (request: RequestSummary) => boolean {
  const { probability = 1, times = Number.POSITIVE_INFINITY, seed = 1, matches = () => true } = fault
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`A fault's probability lies between 0 and 1, not ${probability}.`)
  }
  if (times < 0) throw new RangeError(`A fault can strike 0 or more times, not ${times}.`)
  const random = repeatableRandom(seed)
  let left = times
  return (request) => {
    if (left <= 0 || !matches(request)) return false
    if (random() >= probability) return false
    left -= 1
    return true
  }
}

/** Whether every connection is hit, so that it can be refused before anything is read from it. */
export function strikesAlways(fault: Fault): boolean {
  return (fault.probability ?? 1) === 1 && fault.times === undefined && fault.matches === undefined
}
