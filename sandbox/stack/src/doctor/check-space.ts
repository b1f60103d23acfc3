import { existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { localFolder, repositoryRoot } from '../paths.ts'
import { type Finding, note, ok, problem } from './finding.ts'

const GIB = 1024 ** 3
/** Two databases, two build folders and logs take about one. */
const COMFORTABLE_DISK_GIB = 3
/** Below this a database server doesn't get through its first start. */
const LEAST_DISK_GIB = 0.7
/** The stack with both dev servers, at rest. */
const COMFORTABLE_MEMORY_GIB = 2

const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GiB`

/** What is said of one disk. @param places what lies on it, for people */
export function judgeDisk(places: readonly string[], freeBytes: number): Finding {
  const text = `${gib(freeBytes)} free for ${places.join(', ')}.`
  if (freeBytes < LEAST_DISK_GIB * GIB) {
    return problem(
      text,
      'Make room: the databases alone need more than that. `npm run stack -- reset` deletes a stack.',
    )
  }
  if (freeBytes < COMFORTABLE_DISK_GIB * GIB) {
    return note(text, `Builds and databases fill about ${COMFORTABLE_DISK_GIB} GiB in time: make room soon.`)
  }
  return ok(text)
}

/** What is said of the memory that is left. */
export function judgeMemory(availableBytes: number, totalBytes: number): Finding {
  const text = `${gib(availableBytes)} of ${gib(totalBytes)} memory available.`
  return availableBytes < COMFORTABLE_MEMORY_GIB * GIB
    ? note(text, 'Both dev servers and the stack take about 2 GiB: close something, or use `--apps start`.')
    : ok(text)
}

/** Disk and memory. */
export async function checkSpace(): Promise<Finding[]> {
  const places = [
    ['.local', localFolder],
    ['node_modules', join(repositoryRoot, 'node_modules')],
    ['temporary files', tmpdir()],
  ] as const
  const disks = new Map<number, { names: string[]; folder: string }>()
  for (const [name, folder] of places) {
    const real = existsSync(folder) ? folder : repositoryRoot
    const device = statSync(real).dev
    const disk = disks.get(device) ?? { names: [], folder: real }
    disk.names.push(name)
    disks.set(device, disk)
  }
  const findings: Finding[] = []
  for (const { names, folder } of disks.values()) {
    const { bavail, bsize } = await statfs(folder)
    findings.push(judgeDisk(names, bavail * bsize))
  }
  // Inside a container this is what the container has left, not the machine.
  findings.push(
    judgeMemory(process.availableMemory(), Math.min(process.constrainedMemory() || totalmem(), totalmem())),
  )
  return findings
}
