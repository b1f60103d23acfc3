/** Where requests wait that are to go on later. */
export interface HoldingPlace {
  /**
   * Lets one wait until it is released, at most `longestMs` milliseconds.
   *
   * @returns takes it out without letting it go on: its caller has given up
   */
  hold(goOn: () => void, longestMs: number): () => void
  isOccupied(): boolean
  /** Lets all that wait go on now, in the order in which they came. */
  releaseAll(): void
}

export function createHoldingPlace(): HoldingPlace {
  const waiting = new Set<{ goOn: () => void; timer: NodeJS.Timeout }>()
  return {
    hold(goOn, longestMs) {
      const place = {
        goOn,
        timer: setTimeout(() => {
          waiting.delete(place)
          goOn()
        }, longestMs),
      }
      waiting.add(place)
      return () => {
        clearTimeout(place.timer)
        waiting.delete(place)
      }
    },
    isOccupied: () => waiting.size > 0,
    releaseAll() {
      for (const place of waiting) {
        clearTimeout(place.timer)
        waiting.delete(place)
        place.goOn()
      }
    },
  }
}
