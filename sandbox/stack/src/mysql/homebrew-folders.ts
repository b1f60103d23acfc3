import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Homebrew on an Apple processor, on an Intel one, and on Linux. */
const PREFIXES = ['/opt/homebrew', '/usr/local', '/home/linuxbrew/.linuxbrew']

/** A formula that brings a server, with its version where it is a versioned one. */
const SERVER_FORMULA = /^(mysql|mariadb|percona-server)(?:@(\d+(?:\.\d+)*))?$/

function serverFormulas(prefix: string): string[] {
  try {
    return readdirSync(join(prefix, 'opt')).filter((name) => SERVER_FORMULA.test(name))
  } catch {
    return []
  }
}

/** Unversioned formulas first, since they are the ones a person keeps up to date; then the newest version. */
function byAge(one: string, other: string): number {
  const version = (name: string) => SERVER_FORMULA.exec(name)?.[2]
  const [left, right] = [version(one), version(other)]
  if (left === undefined || right === undefined) {
    return Number(left !== undefined) - Number(right !== undefined) || one.localeCompare(other)
  }
  return right.localeCompare(left, 'en', { numeric: true }) || one.localeCompare(other)
}

/**
 * The folders of database servers that Homebrew installed. It links versioned formulas (`mysql@8.4`, `mariadb@10.11`) into
 * no folder of PATH: they are found only below `opt`.
 *
 * @param prefixes of Homebrew itself; the usual three, and HOMEBREW_PREFIX, unless told
 */
export function homebrewServerFolders(
  prefixes: readonly string[] = [process.env.HOMEBREW_PREFIX ?? '', ...PREFIXES],
): string[] {
  return [...new Set(prefixes)]
    .filter((prefix) => prefix !== '')
    .flatMap((prefix) =>
      serverFormulas(prefix)
        .sort(byAge)
        .flatMap((formula) => ['bin', 'sbin'].map((folder) => join(prefix, 'opt', formula, folder))),
    )
}
