import { randomInt } from 'node:crypto'
import { isPortFree } from '../ports/assert-ports-free.ts'
import { portsOf } from '../ports/ports-of.ts'

/** A hundred ports for a test's own stack, away from those of any named stack. */
export async function freePortBase(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const base = 12_000 + randomInt(70) * 100
    const { inngestInternal, ...ports } = portsOf(base)
    const all = [...Object.values(ports), ...inngestInternal.tt, ...inngestInternal.ah]
    const free = await Promise.all(all.map(isPortFree))
    if (free.every(Boolean)) return base
  }
  throw new Error('There is no free hundred of ports between 12000 and 19000.')
}
