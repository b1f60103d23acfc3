import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { composeFolder } from '../compose-project.ts'

/** A service as docker/compose.yaml describes it, as far as it is read here. */
export interface ComposeService {
  image?: string
  command?: string[]
  entrypoint?: string[]
  ports?: string[]
  volumes?: string[]
  environment?: Record<string, string>
  healthcheck?: { test?: string[]; interval?: string; timeout?: string; retries?: number }
  profiles?: string[]
  network_mode?: string
}

export interface ComposeFile {
  name?: string
  services: Record<string, ComposeService>
  volumes?: Record<string, unknown>
}

/** The text of a file of docker/. */
export function composeText(file: 'compose.yaml' | 'compose.linux.yaml'): string {
  return readFileSync(join(composeFolder, file), 'utf8')
}

/** A Compose file with its anchors resolved and its variables as they stand. `!reset` leaves an empty list. */
export function parseComposeFile(text: string): ComposeFile {
  const customTags = [{ tag: '!reset', collection: 'seq' as const, resolve: (value: unknown) => value }]
  return parse(text, { merge: true, customTags }) as ComposeFile
}
