import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppKey } from '../app-environment.ts'
import { stackFolder } from '../paths.ts'

/** The variables that the apps of a running stack have, for scripts started beside them. */
export type AppEnvironments = Record<AppKey, Record<string, string>>

/** Where a stack leaves them; the file holds secrets and has mode 600. */
export function appEnvironmentsFile(stackName: string): string {
  return join(stackFolder(stackName), 'app-environments.json')
}

/** @throws Error when the stack has never been up */
export function readAppEnvironments(stackName: string): AppEnvironments {
  return JSON.parse(readFileSync(appEnvironmentsFile(stackName), 'utf8')) as AppEnvironments
}
