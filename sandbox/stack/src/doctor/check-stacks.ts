import { type Finding, note, ok } from './finding.ts'
import type { KnownStack } from './known-stacks.ts'

function nameFlag(name: string): string {
  return name === 'dev' ? '' : ` --name ${name}`
}

/** A test stops and starts its stack within this; only after it is one that stands still a leftover. */
const TEST_PAUSE_MS = 10 * 60_000

/** The state of every stack of this checkout. */
export function checkStacks(stacks: readonly KnownStack[], now = new Date()): Finding[] {
  const findings: Finding[] = []
  const stopped: string[] = []
  for (const { name, state, pid, staleLock, leftBehind, changedAt } of stacks) {
    if (leftBehind.length > 0) {
      const pids = leftBehind.map((each) => each.pid)
      findings.push(
        note(
          `Nobody runs the stack "${name}", yet ${pids.length === 1 ? 'a process works' : `${pids.length} processes work`} on its data: ${pids.join(', ')}.`,
          `Wait five seconds if it was just stopped; else \`kill ${pids.join(' ')}\`.`,
        ),
      )
    } else if (state !== 'stopped') {
      findings.push(
        ok(
          `"${name}" is ${state === 'up' ? 'running' : 'starting'} (process ${pid}); stop it with \`npm run stack -- down${nameFlag(name)}\`.`,
        ),
      )
    } else if (/^test-[0-9a-f]{8}$/.test(name) && now.getTime() - changedAt.getTime() > TEST_PAUSE_MS) {
      findings.push(
        note(
          `"${name}" is what a test that was cut off has left.`,
          `\`npm run stack -- reset --name ${name}\` deletes it.`,
        ),
      )
    } else if (staleLock) {
      findings.push(
        ok(`"${name}" was killed the last time; its next start takes over, nothing needs to be done.`),
      )
    } else {
      stopped.push(`"${name}"`)
    }
  }
  if (stopped.length > 0) findings.push(ok(`Not running: ${stopped.join(', ')}.`))
  return findings.length === 0 ? [ok('None has been started here yet.')] : findings
}
