import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stackInfoFile } from '@sandbox/stack'

/** The folder of a stack's own files on this machine. */
function folderOf(stackName: string): string {
  return dirname(stackInfoFile(stackName))
}

export function logFolder(stackName: string): string {
  return join(folderOf(stackName), 'logs')
}

/** The variables of one app in a running stack. */
export function environmentOf(stackName: string, app: 'tt' | 'ah'): Record<string, string> {
  const file = join(folderOf(stackName), 'app-environments.json')
  const environments = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>
  const environment = environments[app]
  if (!environment) throw new Error(`The stack ${stackName} has no environment of ${app}.`)
  return environment
}

/** What both apps were given in confidence, by variable name: to look for where it may not be. */
export function secretsOf(stackName: string): Record<string, string> {
  const secrets: Record<string, string> = {}
  for (const app of ['tt', 'ah'] as const) {
    for (const [name, value] of Object.entries(environmentOf(stackName, app))) {
      if (/SECRET|_KEY$/.test(name)) secrets[`${app} ${name}`] = value
      if (name === 'DATABASE_URL') secrets[`${app} database password`] = new URL(value).password
    }
  }
  return secrets
}
