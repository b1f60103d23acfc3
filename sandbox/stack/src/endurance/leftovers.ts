import { readdirSync } from 'node:fs'
import { lockOwner } from '../lock-file.ts'
import { isPortFree } from '../ports/assert-ports-free.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import { readStackInfo, stackLockFile } from '../stack-info.ts'
import { markedProcesses } from '../testing/marked-processes.ts'

/** A stack under test: its temporary folder is its own, and by that its processes are known. */
export interface EnduranceStack {
  name: string
  portBase: number
  ports: StackPorts
  temporaryFolder: string
}

/** A sentence for each process, port and lock that a stack still has. */
export async function findLeftovers({ name, ports, temporaryFolder }: EnduranceStack): Promise<string[]> {
  const left = markedProcesses('TMPDIR', temporaryFolder).map(
    ({ pid, command }) => `Process ${pid} is left: ${command.slice(0, 120)}`,
  )
  const { inngestInternal, ...named } = ports
  const numbers = [...Object.values(named), ...inngestInternal.tt, ...inngestInternal.ah]
  const free = await Promise.all(numbers.map(isPortFree))
  for (const [index, port] of numbers.entries()) if (!free[index]) left.push(`Port ${port} is taken.`)
  const owner = lockOwner(stackLockFile(name))
  if (owner !== undefined) left.push(`Process ${owner.pid} holds the lock.`)
  if (readStackInfo(name) !== undefined) left.push('stack.json says that the stack is up.')
  return left
}

/** Sockets and files that a stack which was stopped in order has left in the temporary folder. */
export function findTemporaryFiles({ temporaryFolder }: EnduranceStack): string[] {
  // The caches of compiled files, Node's and tsx's, are meant to stay.
  const files = readdirSync(temporaryFolder).filter((file) => !/^(node-compile-cache|tsx-\d+)$/.test(file))
  return files.map((file) => `${file} is left in the temporary folder.`)
}
