import { describe, expect, it } from 'vitest'
import { runSteps, type Step } from './run-steps.ts'

function recorder() {
  const log: string[] = []
  const step = (
    name: string,
    after: string[] = [],
    run: () => Promise<void> = async () => undefined,
  ): Step => ({
    name,
    after,
    run: async () => {
      log.push(`begin ${name}`)
      await run()
      log.push(`end ${name}`)
    },
  })
  return { log, step }
}

describe('runSteps', () => {
  it('begins a step when those it waits for are done', async () => {
    const { log, step } = recorder()
    await runSteps([step('app', ['seed']), step('seed', ['database']), step('database')])
    expect(log).toEqual(['begin database', 'end database', 'begin seed', 'end seed', 'begin app', 'end app'])
  })

  it('runs steps side by side that do not wait for each other', async () => {
    const { log, step } = recorder()
    const both = Promise.withResolvers<void>()
    let waiting = 0
    const meet = () => {
      waiting += 1
      if (waiting === 2) both.resolve()
      return both.promise
    }
    await runSteps([step('one', [], meet), step('two', [], meet)])
    expect(log.slice(0, 2)).toEqual(['begin one', 'begin two'])
  })

  it('counts a step that is not in the plan as done', async () => {
    const { log, step } = recorder()
    await runSteps([step('app', ['build-app'])])
    expect(log).toEqual(['begin app', 'end app'])
  })

  it('begins nothing more after a failure, and throws it', async () => {
    const { log, step } = recorder()
    const fail = async () => {
      throw new Error('no database')
    }
    await expect(runSteps([step('database', [], fail), step('seed', ['database'])])).rejects.toThrow(
      'no database',
    )
    expect(log).toEqual(['begin database'])
  })

  it('refuses steps that wait for each other', async () => {
    const { step } = recorder()
    await expect(runSteps([step('one', ['two']), step('two', ['one'])])).rejects.toThrow('one, two')
  })
})
