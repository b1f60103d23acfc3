import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

/** A test double of a program: answers every call with these lines of shell. Deleted when the running test has finished. */
export function fakeProgram(name: string, lines: string, folder = temporaryFolder()): string {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
  return file
}
