/** Waits until all of these have settled, but no longer than `waitMs`. Never throws. */
export async function settledWithin(waitMs: number, promises: readonly Promise<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs)
  })
  await Promise.race([Promise.allSettled(promises), patience])
  clearTimeout(timer)
}
