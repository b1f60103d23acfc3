/** Every fault by its name: one word each, the same in code, on the command line and in the control API. */
export const FAULT_KINDS = [
  /** Nobody answers the port: connections are reset. */
  'down',
  /** The request is taken and never answered. It does not reach the target. */
  'hang',
  /** The request is lost on its way: its connection is reset and the target never sees it. */
  'drop',
  /** Answered with 503 by something in front of the target, which never sees the request. */
  'status503',
  /** As `status503`, with the status that `status` names. */
  'status',
  /** The target does the work and answers; the answer never arrives. */
  'lostResponse',
  /** The request reaches the target late, by `delayMs` and a random part of `jitterMs`. */
  'delay',
  /** The target gets the request twice, at the same time; the answer to the first one is returned. */
  'duplicate',
  /** The request waits until the next one has been answered, at most `holdMs`. */
  'reorder',
  /** The connection to the target breaks in the middle of the request's body, after `afterBytes` of it. */
  'cutRequest',
  /** The target does the work; the connection to the caller breaks in the middle of the answer's body. */
  'cutResponse',
] as const

/** What goes wrong. All of them are things that happen between two real servers. */
export type FaultKind = (typeof FAULT_KINDS)[number]

/** What the proxy knows of a request when it decides about it. */
export interface RequestSummary {
  method: string
  /** Path and query, as sent. */
  path: string
  /** Whether the request brings a body. */
  hasBody?: boolean
}

export interface Fault {
  kind: FaultKind
  /** Share of the requests that meet the fault, 0 to 1; all of them unless told. */
  probability?: number
  /** How many requests meet the fault before all is well again; no end unless told. */
  times?: number
  /** Makes `probability` and `jitterMs` repeatable; the same seed and requests meet the same faults. 1 unless told. */
  seed?: number
  /** Only requests with this method can meet the fault. */
  method?: string
  /** Only requests whose path and query begin like this can meet the fault. */
  path?: string
  /** Only these requests can meet the fault. */
  matches?: (request: RequestSummary) => boolean
  /** `delay`: how long each request is kept back, in milliseconds. */
  delayMs?: number
  /** `delay`: up to this much more, at random, in milliseconds. 0 unless told. */
  jitterMs?: number
  /** `reorder`: how long a request waits for the next one at most, in milliseconds. 5 000 unless told. */
  holdMs?: number
  /** `status`: the status that is answered, 400 to 599. */
  status?: number
  /**
   * `cutRequest`, `cutResponse`: how many bytes of the body pass. Half of it unless told, one byte where its length is
   * not announced. The last byte never passes.
   */
  afterBytes?: number
}

/** A fault that can be sent to another process: everything of it but what only code can say. */
export type FaultOrder = Omit<Fault, 'matches'>

export const DEFAULT_HOLD_MS = 5_000

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

/**
 * Checks that a fault's numbers are possible and that it has those it needs.
 *
 * @throws RangeError naming the number and what it may be
 */
export function assertPossible(fault: Fault): void {
  const { probability = 1, times = 0 } = fault
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`A fault's probability lies between 0 and 1, not ${probability}.`)
  }
  if (!(times >= 0)) throw new RangeError(`A fault can strike 0 or more times, not ${times}.`)
  for (const name of ['delayMs', 'jitterMs', 'holdMs', 'afterBytes'] as const) {
    const value = fault[name]
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
      throw new RangeError(`A fault's ${name} is a number from 0 on, not ${value}.`)
    }
  }
  if (fault.kind === 'delay' && fault.delayMs === undefined && fault.jitterMs === undefined) {
    throw new RangeError('A delay needs delayMs or jitterMs, in milliseconds.')
  }
  if (fault.kind === 'status' && !isErrorStatus(fault.status)) {
    throw new RangeError(`A status fault needs a status from 400 to 599, not ${fault.status}.`)
  }
}

function isErrorStatus(status: number | undefined): boolean {
  return status !== undefined && Number.isInteger(status) && status >= 400 && status <= 599
}

/** Whether a fault could strike this request at all: what it asks for, and a body where one is to be cut. */
export function concerns(fault: Fault, request: RequestSummary): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method.toUpperCase()) return false
  if (fault.path !== undefined && !request.path.startsWith(fault.path)) return false
  if (fault.kind === 'cutRequest' && request.hasBody !== true) return false
  return fault.matches?.(request) ?? true
}

/**
 * Decides, request by request, whether a fault strikes. Keeps count of `times`.
 *
 * @throws RangeError for impossible numbers
 */
export function createFaultDecision(fault: Fault): (request: RequestSummary) => boolean {
  assertPossible(fault)
  const { probability = 1, times = Number.POSITIVE_INFINITY, seed = 1 } = fault
  const random = repeatableRandom(seed)
  let left = times
  return (request) => {
    if (left <= 0 || !concerns(fault, request)) return false
    if (random() >= probability) return false
    left -= 1
    return true
  }
}

/** Whether every connection is hit, so that it can be refused before anything is read from it. */
export function strikesAlways(fault: Fault): boolean {
  const { probability = 1, times, matches, method, path } = fault
  return (
    probability === 1 &&
    times === undefined &&
    matches === undefined &&
    method === undefined &&
    path === undefined
  )
}
