import { describe, expect, it } from 'vitest'
import { StackError } from '../errors.ts'
import { runPlan } from './run-plan.ts'

const death = new StackError('part-failed', 'The part mysql-tt has ended by itself (code 1).')
const step = (name: string, after: string[], run: () => Promise<void>) => ({ name, after, run })
const works = async () => undefined
const fails = async () => {
  throw new Error('connect ECONNREFUSED')
}

describe('runPlan', () => {
  it('throws what a step threw', async () => {
    await expect(runPlan([step('migrate', [], fails)], () => undefined)).rejects.toThrow('ECONNREFUSED')
  })

  it('names the part that died, not what failed because of it', async () => {
    let died = false
    const dies = async () => {
      died = true
    }
    const steps = [step('mysql-tt', [], dies), step('migrate', ['mysql-tt'], fails)]
    await expect(runPlan(steps, () => (died ? death : undefined))).rejects.toBe(death)
  })

  it('fails when a part has died though every step went well', async () => {
    await expect(runPlan([step('inbox', [], works)], () => death)).rejects.toBe(death)
  })

  it('throws the first of several failures', async () => {
    const second = Promise.withResolvers<void>()
    const later = async () => {
      await second.promise
      throw new Error('the second')
    }
    const first = async () => {
      queueMicrotask(second.resolve)
      throw new Error('the first')
    }
    const steps = [step('one', [], later), step('other', [], first)]
    await expect(runPlan(steps, () => undefined)).rejects.toThrow('the first')
  })
})
