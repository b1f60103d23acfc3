import { sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { redact } from '../home/redact.ts'
import { localFolder } from '../paths.ts'
import { isPortFree } from '../ports/assert-ports-free.ts'
import { type PortOwner, portOwner } from '../ports/port-owner.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import { type Finding, ok, problem } from './finding.ts'
import type { KnownStack } from './known-stacks.ts'
import { ancestry, type ListedProcess } from './process-table.ts'

/** Whose a port is: a running stack's of this checkout, what one has left behind, or anybody's. */
export function ownerOfPort(
  owner: PortOwner,
  stacks: readonly KnownStack[],
  table: readonly ListedProcess[],
): { stack: string; isRunning: boolean } | undefined {
  const line = new Set([owner.pid, ...ancestry(owner.pid, table).map(({ pid }) => pid)])
  const running = stacks.find(({ pid }) => pid !== undefined && line.has(pid))
  if (running) return { stack: running.name, isRunning: true }
  const left = stacks.find(({ leftBehind }) => leftBehind.some(({ pid }) => line.has(pid)))
  if (left) return { stack: left.name, isRunning: false }
  const name = owner.command.split(`${localFolder}${sep}`)[1]?.split(sep)[0]
  return name === undefined ? undefined : { stack: name, isRunning: false }
}

/** A foreign command line as it can be shown: people give passwords there. */
export function commandForPeople(command: string): string {
  return redact(command.slice(0, 1_000)).replaceAll(/\s+/g, ' ').trim().slice(0, 80)
}

/** Which ports of a stack are free, and who has the others. */
export async function checkPorts({
  name,
  ports,
  needed,
  stacks,
  table,
}: {
  name: string
  ports: StackPorts
  /** Ports of the real Inngest servers, where one will be started. */
  needed: readonly number[]
  stacks: readonly KnownStack[]
  table: readonly ListedProcess[]
}): Promise<Finding[]> {
  const { inngestInternal, ...named } = ports
  const wanted = [
    ...Object.entries(named).map(([part, port]) => ({ part, port })),
    ...needed.map((port) => ({ part: 'Inngest', port })),
  ]
  const free = await Promise.all(wanted.map(({ port }) => isPortFree(port)))
  const findings: Finding[] = []
  const freePorts = wanted.filter((_, index) => free[index])
  const ours: number[] = []
  const others = new Map<string, string[]>()
  const elsewhere = 'or use other ports: `-- --name two --port-base 19000` (any free hundred)'
  for (const { part, port } of wanted.filter((_, index) => !free[index])) {
    // Finding an owner reads half of /proc: the other checks wait for their answers meanwhile, and must hear them.
    await setImmediate()
    const owner = portOwner(port)
    if (owner === undefined) {
      findings.push(
        problem(
          `Port ${port} (${part}) is taken by a process that this user may not see.`,
          `Find it with \`sudo lsof -nP -iTCP:${port} -sTCP:LISTEN\`, ${elsewhere}.`,
        ),
      )
      continue
    }
    const whose = ownerOfPort(owner, stacks, table)
    if (whose?.isRunning && whose.stack === name) {
      ours.push(port)
    } else if (whose?.isRunning) {
      others.set(whose.stack, [...(others.get(whose.stack) ?? []), `${port} (${part})`])
    } else {
      const origin = whose === undefined ? '' : `, left behind by the stack "${whose.stack}"`
      findings.push(
        problem(
          `Port ${port} (${part}) is taken by process ${owner.pid}${origin}: ${commandForPeople(owner.command)}`,
          `End it with \`kill ${owner.pid}\`, ${elsewhere}.`,
        ),
      )
    }
  }
  for (const [stack, taken] of others) {
    findings.push(
      problem(
        `${taken.length === 1 ? 'Port' : 'Ports'} ${taken.join(', ')} belong${taken.length === 1 ? 's' : ''} to the stack "${stack}", which is running.`,
        `Stop that one with \`npm run stack -- down${stack === 'dev' ? '' : ` --name ${stack}`}\`, ${elsewhere}.`,
      ),
    )
  }
  if (ours.length > 0) findings.unshift(ok(`The running stack "${name}" has ${ours.join(', ')}.`))
  else if (freePorts.length > 0) {
    findings.unshift(ok(`Free: ${freePorts.map(({ port }) => port).join(', ')}.`))
  }
  return findings
}
