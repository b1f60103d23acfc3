import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { AppKey } from '../app-environment.ts'
import { repositoryRoot, stackFolder } from '../paths.ts'
import type { Pick } from '../picking/pick.ts'
import { writePrivateJson } from '../stack-info.ts'

/** Where each app's database keeps its data, in words: the same words for the same place. */
export type DataPlaces = Partial<Record<AppKey, string>>

const NAMES = { tt: 'Total TypeScript', ah: 'AI Hero' } as const

/** @param databaseUrl as the app gets it; its user and password are left out */
export function dataPlace(
  stackName: string,
  app: AppKey,
  { choice, what }: Pick,
  databaseUrl: string,
): string {
  if (choice === 'docker') return `the Docker volume mysql-${app}`
  if (choice === 'url') {
    const { host, pathname } = new URL(databaseUrl)
    return `${host}${pathname}`
  }
  // See mysql-part.ts: a folder for each flavour.
  const folder = join(stackFolder(stackName), `mysql-${app}${what.startsWith('MySQL') ? '-mysql' : ''}`)
  return relative(repositoryRoot, folder)
}

function readPlaces(file: string): DataPlaces {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DataPlaces
  } catch {
    // The first start, or one that was cut off: then there is nothing to compare with.
    return {}
  }
}

/**
 * Tells a person whose database is another one than at the last start, because something else was picked, that what he
 * bought is still there, and where. Notes the places for the next start.
 *
 * @returns lines for the end of the banner
 */
export function noteMovedData(stackName: string, places: DataPlaces): string[] {
  const file = join(stackFolder(stackName), 'data-places.json')
  const before = readPlaces(file)
  writePrivateJson(file, { ...before, ...places })
  return (['tt', 'ah'] as const).flatMap((app) =>
    before[app] === undefined || places[app] === undefined || before[app] === places[app]
      ? []
      : [
          `${NAMES[app]}'s data is in ${places[app]} now. What was there at the last start is still in ${before[app]}.`,
        ],
  )
}
