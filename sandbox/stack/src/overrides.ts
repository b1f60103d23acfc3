import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { repositoryRoot } from './paths.ts'

/** What a person may give instead of a part of the stack: see `.env.example` in the root. */
export interface StackOverrides {
  ttDatabaseUrl: string | undefined
  ahDatabaseUrl: string | undefined
  inngestProgram: string | undefined
}

function rootEnvFile(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(join(repositoryRoot, '.env'), 'utf8'))
  } catch {
    return {}
  }
}

/** Reads the overrides from the environment and, below it, from the root's `.env`. An empty value means not given. */
export function readOverrides(environment: Record<string, string | undefined> = process.env): StackOverrides {
  const file = rootEnvFile()
  const given = (name: string) => environment[name] || file[name] || undefined
  return {
    ttDatabaseUrl: given('TT_DATABASE_URL'),
    ahDatabaseUrl: given('AH_DATABASE_URL'),
    inngestProgram: given('INNGEST_BIN'),
  }
}
