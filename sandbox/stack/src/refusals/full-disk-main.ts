/**
 * Starts stacks on disks that are full, for the tests: `full-disk-main.ts <name>=<part>=<size> …`. Run it where this
 * process may mount (`unshare --mount`): each stack's folder becomes a small disk of its own, which goes with this process.
 * Prints one JSON object: by part, what a person is told.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { describeError } from '../errors.ts'
import { stackFolder } from '../paths.ts'
import type { PartName } from '../ports/ports-of.ts'
import { startStack } from '../stack/start-stack.ts'
import { freePortBase } from '../testing/free-port-base.ts'

const told: Record<string, string> = {}
for (const argument of process.argv.slice(2)) {
  const [name = '', part = '', size = ''] = argument.split('=')
  const folder = stackFolder(name)
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  try {
    const stack = await startStack({
      name,
      portBase: await freePortBase(),
      apps: 'none',
      only: [part as PartName],
    })
    await stack.stop()
    told[part] = 'It started.'
  } catch (error) {
    told[part] = describeError(error)
  }
}
console.log(JSON.stringify(told))
