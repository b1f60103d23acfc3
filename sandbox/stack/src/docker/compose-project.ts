import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot, stackFolder } from '../paths.ts'
import type { DockerEngine } from './probe-docker.ts'

/** What `docker/compose.yaml` pins, for the banner. */
export const dockerVersions = { mysql: '8.4.10', inngest: 'v1.43.0' } as const

/** The images behind the parts, as `docker/compose.yaml` names them. */
export const dockerImages = {
  mysql: [`mysql:${dockerVersions.mysql}`],
  inngest: [`inngest/inngest:${dockerVersions.inngest}`],
  'inngest-durable': [
    `inngest/inngest:${dockerVersions.inngest}`,
    'redis:7.4.5-alpine',
    'postgres:17.9-alpine3.23',
  ],
} as const

export const composeFolder = join(repositoryRoot, 'docker')

/**
 * The name under which Docker knows everything of one stack. Docker knows no folders: without a mark of its own, a stack
 * of another checkout would have the same name, and a `reset` there would delete the databases of this one.
 */
export function composeProjectName(stackName: string, checkout = repositoryRoot): string {
  const mark = createHash('sha256').update(checkout).digest('hex').slice(0, 8)
  return `cross-app-${stackName}-${mark}`
}

/**
 * Without a .env: neither the one that a person may keep beside the files for use by hand, nor the root's, which Compose
 * reads when it is called there, and which need not be written as Compose wants it.
 */
const COMPOSE = ['compose', '--progress', 'plain', '--ansi', 'never', '--env-file', devNull]

/**
 * The beginning of every `docker compose` command that needs the files: on a Linux engine the containers that call the
 * apps get the host's network (see docker/compose.linux.yaml).
 */
export function composeArguments(stackName: string, engine: DockerEngine): string[] {
  const files = engine === 'desktop' ? ['compose.yaml'] : ['compose.yaml', 'compose.linux.yaml']
  return [
    ...COMPOSE,
    ...files.flatMap((file) => ['-f', join(composeFolder, file)]),
    '-p',
    composeProjectName(stackName),
  ]
}

/** The beginning of a `docker compose` command for what exists already: Docker knows it by the project's name. */
export function projectArguments(stackName: string): string[] {
  return [...COMPOSE, '-p', composeProjectName(stackName)]
}

function markerFile(stackName: string): string {
  return join(stackFolder(stackName), 'compose-project')
}

/**
 * Notes that a stack has something in Docker, before it has: so the next start, `down` and `reset` know that there may be
 * something to look for, and stacks that never used Docker never ask for it.
 */
export function noteComposeProject(stackName: string): void {
  mkdirSync(stackFolder(stackName), { recursive: true, mode: 0o700 })
  writeFileSync(markerFile(stackName), `${composeProjectName(stackName)}\n`)
}

export function hasComposeProject(stackName: string): boolean {
  return existsSync(markerFile(stackName))
}

export function forgetComposeProject(stackName: string): void {
  rmSync(markerFile(stackName), { force: true })
}
