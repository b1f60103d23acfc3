const pauseMs = 5

/** Another server may be slower than the one of this folder: its queue is asked from time to time. */
const patience = process.env.INNGEST_AGAINST === undefined ? 1 : 20

/** Waits until `look` finds something (anything but undefined and false). @throws Error naming what never came */
export async function waitFor<Found>(
  what: string,
  look: () => Found | undefined | false | Promise<Found | undefined | false>,
  deadlineMs = 15_000,
): Promise<Found> {
  const deadline = Date.now() + deadlineMs * patience
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > deadline) throw new Error(`Waited ${deadlineMs * patience} ms in vain for ${what}`)
    await pause(pauseMs)
  }
}

/** For the rare proof that something does NOT happen. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
