import {
  createFaultDecision,
  type Fault,
  type RequestSummary,
  repeatableRandom,
  strikesAlways,
} from './faults.ts'
import { createHoldingPlace, type HoldingPlace } from './holding-place.ts'

/** A fault that is set, with the memory it needs. */
export interface ActiveFault {
  /** Names it among the faults of one proxy; never used twice. */
  id: string
  fault: Fault
  /** How many requests it has struck. */
  struck: number
  strikes(request: RequestSummary): boolean
  /** The next delay, in milliseconds. */
  nextDelayMs(): number
  holding: HoldingPlace
}

/** The faults that are set on one proxy, in the order in which they are asked. */
export interface ActiveFaults {
  add(fault: Fault): ActiveFault
  /** @returns false when there is no such fault */
  remove(id: string): boolean
  clear(): void
  all(): readonly ActiveFault[]
  /** The first fault that strikes this request, or null. Counts it. */
  meet(request: RequestSummary): ActiveFault | null
  /** Whether every connection is to be refused. */
  isDown(): boolean
}

export function createActiveFaults(): ActiveFaults {
  let active: ActiveFault[] = []
  let added = 0
  return {
    add(fault) {
      // Asked before the id is given: an impossible fault leaves no trace.
      const strikes = createFaultDecision(fault)
      const jitter = repeatableRandom((fault.seed ?? 1) + 1)
      added += 1
      const entry: ActiveFault = {
        id: String(added),
        fault,
        struck: 0,
        strikes,
        nextDelayMs: () => (fault.delayMs ?? 0) + jitter() * (fault.jitterMs ?? 0),
        holding: createHoldingPlace(),
      }
      active.push(entry)
      return entry
    },
    remove(id) {
      const found = active.find((entry) => entry.id === id)
      if (found === undefined) return false
      active = active.filter((entry) => entry !== found)
      found.holding.releaseAll()
      return true
    },
    clear() {
      const ended = active
      active = []
      for (const entry of ended) entry.holding.releaseAll()
    },
    all: () => active,
    meet(request) {
      const struck =
        active.find(
          // One request waits at a time; the next one goes past it.
          (entry) =>
            !(entry.fault.kind === 'reorder' && entry.holding.isOccupied()) && entry.strikes(request),
        ) ?? null
      if (struck !== null) struck.struck += 1
      return struck
    },
    isDown: () => active.some(({ fault }) => fault.kind === 'down' && strikesAlways(fault)),
  }
}
