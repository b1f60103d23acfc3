/** Where every part of the server reads the time, in milliseconds since 1970. */
export type Clock = { now: () => number }

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that can be put forward, for long sleeps and rare crons; it never goes back. */
export class AdjustableClock implements Clock {
  readonly #base: Clock
  #aheadMs: number

  /** @param aheadMs how far it was put forward before */
  constructor(base: Clock, aheadMs: number) {
    this.#base = base
    this.#aheadMs = aheadMs
  }

  /** A function of its own: it is handed on without the clock. */
  readonly now = (): number => this.#base.now() + this.#aheadMs

  /** How far it is ahead of the real time, in milliseconds. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  advance(milliseconds: number): void {
    this.#aheadMs += Math.max(milliseconds, 0)
  }
}
