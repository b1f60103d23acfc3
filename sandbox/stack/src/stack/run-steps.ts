/** One node of a start-up plan: it runs as soon as everything it waits for is done. */
export interface Step {
  name: string
  after: readonly string[]
  run: () => Promise<void>
}

/**
 * Runs steps side by side as far as their dependencies allow. A dependency that isn't in the plan counts as done.
 *
 * @throws the first error; what runs at that time is left to its caller to stop, what waits is not begun
 */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const names = new Set(steps.map((step) => step.name))
  const finished = new Map<string, Promise<void>>()
  let failed = false
  const pending = [...steps]
  while (pending.length > 0) {
    const index = pending.findIndex((step) =>
      step.after.every((name) => !names.has(name) || finished.has(name)),
    )
    const step = index >= 0 ? pending.splice(index, 1)[0] : undefined
    if (step === undefined) {
      throw new Error(`These steps wait for each other: ${pending.map(({ name }) => name).join(', ')}.`)
    }
    const dependencies = step.after.flatMap((name) => finished.get(name) ?? [])
    const run = Promise.all(dependencies).then(async () => {
      if (failed) return
      try {
        await step.run()
      } catch (error) {
        failed = true
        throw error
      }
    })
    // Those who wait for it see the error too; nobody else has to.
    run.catch(() => undefined)
    finished.set(step.name, run)
  }
  await Promise.all(finished.values())
}
