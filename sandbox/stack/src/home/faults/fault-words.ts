import type { FaultKind } from '@sandbox/fault-proxy'

/** Which number a fault takes, if any. */
export type FaultAmount = 'milliseconds' | 'status'

/** Every fault of the panel, in plain words, in the order of the list. */
export const FAULT_WORDS: readonly { kind: FaultKind; says: string; amount?: FaultAmount }[] = [
  { kind: 'delay', says: 'Delay: arrives late', amount: 'milliseconds' },
  { kind: 'drop', says: 'Drop: lost on its way' },
  { kind: 'duplicate', says: 'Duplicate: arrives twice' },
  { kind: 'reorder', says: 'Reorder: the next one overtakes it', amount: 'milliseconds' },
  { kind: 'status', says: '5xx: answered with an error', amount: 'status' },
  { kind: 'hang', says: 'Hang: taken and never answered' },
  { kind: 'lostResponse', says: 'Lost response: done, and the answer is lost' },
  { kind: 'cutRequest', says: 'Cut: breaks in the middle of the request' },
  { kind: 'cutResponse', says: 'Cut: breaks in the middle of the answer' },
  { kind: 'down', says: 'Down: nobody answers the port' },
]

/** How often a fault strikes, in plain words. */
export const SHARES: readonly { probability: number; says: string }[] = [
  { probability: 1, says: 'every request' },
  { probability: 0.5, says: 'every second, by chance' },
  { probability: 0.1, says: 'one in ten, by chance' },
]
