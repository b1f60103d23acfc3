/** Where every part of the server reads the time, in milliseconds since 1970. */
export type Clock = { now: () => number }

export const systemClock: Clock = { now: () => Date.now() }
