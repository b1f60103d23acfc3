import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { stackFolder } from '../../paths.ts'

/** A stack's name and a part's log file for the running test; what they leave is gone when it has finished. */
export function stackForDocker(): { stackName: string; logFile: string } {
  const stackName = `docker-test-${randomBytes(4).toString('hex')}`
  onTestFinished(() => rmSync(stackFolder(stackName), { recursive: true, force: true, maxRetries: 8 }))
  return { stackName, logFile: join(stackFolder(stackName), 'logs', 'part.log') }
}
